using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Manifests.Locks;

/// <summary>Reads the faces lock beside a flow: a file from the repository, so it is trusted no more than the flow.</summary>
public sealed class FacesLockLoader(IFlowFiles files)
{
    /// <param name="flowPath">Absolute.</param>
    /// <param name="workingDirectory">Absolute; the lock is shown relative to it.</param>
    /// <returns>Null when there is none, and, with a diagnostic, when it can't be used.</returns>
    public FacesLock? Load(string flowPath, string workingDirectory, DiagnosticBag diagnostics)
    {
        var path = FacesLockFiles.LockOf(flowPath);
        if (files.Resolve(path) is PathReading.Missing)
        {
            return null;
        }

        var found = new DiagnosticBag();
        var manifests = new ManifestFiles(files, workingDirectory, found);
        var documents = manifests.Read(path, null) ?? [];
        if (documents.Count > 1)
        {
            found.Add(LockDiagnostics.SeveralDocuments(new Place(documents[1].Root.Span, ""), documents.Count));
        }

        // Half of a lock would let faces pass that nobody has reviewed.
        var read = documents.Count == 1 && !found.HasErrors ? new FacesLockBinder(found).Bind(documents[0], manifests.Shown(path)) : null;
        diagnostics.AddRange(found);
        return found.HasErrors || read is null ? null : read with { Input = manifests.Inputs(static _ => FlowInputKind.FacesLock).FirstOrDefault() };
    }
}
