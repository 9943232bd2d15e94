using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>The job whose entries are being made.</summary>
/// <param name="Matrix">Its row; null for a job without a matrix.</param>
/// <param name="JobValue">What templates read as <c>job</c>.</param>
internal sealed record RowContext(TemplateValue.Map? Matrix, TemplateValue.Map JobValue, Video Video, TemplateScope Scope);
