using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating.Functions;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>Puts the arguments of a call, in order and by name, into the order of the parameters.</summary>
internal sealed class ArgumentBinder(Function function, Extent at, Func<int, int, Place> placeOf, DiagnosticBag diagnostics)
{
    private readonly List<Expression> inOrder = [];
    private readonly Dictionary<int, Expression> byName = [];
    private bool isBroken;

    public void Add(Expression argument) => inOrder.Add(argument);

    /// <returns>False, with a diagnostic, when there is no such parameter or it has its argument already.</returns>
    public bool Add(Token name, Expression argument)
    {
        var index = function.IndexOf(name.Written);
        if (index < 0)
        {
            var nearest = NearestName.Of(name.Written, function.Parameters.Select(p => p.Name));
            return Fail(name.At, place => TemplateDiagnostics.UnknownArgument(place, name.Written, function.Signature, nearest));
        }

        return index >= inOrder.Count && byName.TryAdd(index, argument)
            || Fail(name.At, place => TemplateDiagnostics.ArgumentTwice(place, name.Written, function.FullName));
    }

    public CallExpression? Bind(Extent whole)
    {
        var parameters = function.Parameters;
        var count = byName.Count == 0 ? inOrder.Count : Math.Max(inOrder.Count, byName.Keys.Max() + 1);
        if (isBroken || inOrder.Count > parameters.Count || byName.Keys.Any(k => k < inOrder.Count))
        {
            return isBroken ? null : WrongCount();
        }

        var arguments = new List<Expression>(inOrder);
        for (var i = inOrder.Count; i < parameters.Count; i++)
        {
            if (byName.TryGetValue(i, out var named))
            {
                arguments.Add(named);
            }
            else if (parameters[i].Default is not { } missing)
            {
                return WrongCount();
            }
            else if (i < count)
            {
                arguments.Add(new LiteralExpression(missing));
            }
        }

        return arguments.Index().All(a => Fits(a.Item, parameters[a.Index])) ? new CallExpression(function, [.. arguments]) { At = whole } : null;
    }

    private bool Fits(Expression argument, Parameter parameter) =>
        argument is FunctionReference == (parameter.Kind == ParameterKind.Function)
        || argument is LiteralExpression { Value: TemplateValue.Null } && parameter.Default is TemplateValue.Null
        || Fail(argument.At.Length > 0 ? argument.At : at, place => TemplateDiagnostics.ArgumentKind(
            place, function.FullName, parameter.Name, Parameter.Expected(parameter.Kind), argument is FunctionReference ? "a function" : argument.Print()));

    private CallExpression? WrongCount()
    {
        var given = inOrder.Count + byName.Count;
        Fail(at, place => TemplateDiagnostics.ArgumentCount(place, function.FullName, function.Signature, given));
        return null;
    }

    private bool Fail(Extent where, Func<Place, Diagnostic> diagnostic)
    {
        isBroken = true;
        diagnostics.Add(diagnostic(placeOf(where.Offset, where.Length)));
        return false;
    }
}
