using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>An intrinsic function with its arguments.</summary>
public abstract class Function(FunctionCall call) : Expression(call.Span)
{
    /// <summary>The name it is called by, e.g. get_param.</summary>
    public string Name => call.Name;

    /// <summary>Reports that the function cannot give a value, and gives none.</summary>
    public Value? Fail(IScope scope, string message, string? remedy = null, string code = "HOT031")
    {
        scope.Report(new(Severity.Error, code, $"{Name}: {message}", Span, remedy));
        return null;
    }

    public override bool Validate(IScope scope)
    {
        var valid = true;
        foreach (var argument in call.Parsed)
            valid &= argument.Validate(scope);
        return valid && Check(scope);
    }

    /// <summary>What this function refuses before anything is resolved, its arguments being valid; false when it refused, and reported it.</summary>
    protected virtual bool Check(IScope scope) => true;

    /// <summary>Reports what <see cref="Check"/> refuses.</summary>
    protected bool Refuse(IScope scope, string message, string? remedy = null)
    {
        Fail(scope, message, remedy, "HOT030");
        return false;
    }
}
