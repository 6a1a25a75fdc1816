using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>Fn::GetAZs: region</c>: Heat asks Nova for its availability zones; there is no Nova here.</summary>
public sealed class FnGetAZs : Function
{
    private FnGetAZs(FunctionCall call)
        : base(call) => _ = call.Argument;

    public static FunctionDefinition Definition { get; } =
        new("Fn::GetAZs", HotVersion.V20130523, call => new FnGetAZs(call)) { Until = HotVersion.V20130523 };

    public override Value? Evaluate(IScope scope) =>
        Fail(scope, "there is no Nova to ask for availability zones.", "Give the zone by a parameter.", "HOT033");
}
