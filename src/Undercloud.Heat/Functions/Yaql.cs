using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>yaql: {expression: …, data: …}</c>: the place of YAQL expressions, which cannot be evaluated so far.</summary>
public sealed class Yaql : Function
{
    private Yaql(FunctionCall call)
        : base(call)
    {
    }

    public static FunctionDefinition Definition { get; } = new("yaql", HotVersion.Newton, Create) { SinceInConditions = HotVersion.Pike };

    public override Value? Evaluate(IScope scope) =>
        Fail(scope, "yaql is not supported yet.", "Use the other functions, e.g. map_merge, repeat, filter.", "HOT033");

    private static Function Create(FunctionCall call) =>
        call.Named() is { } named && named.ContainsKey("expression") && named.Keys.All(key => key is "expression" or "data")
            ? new Yaql(call)
            : call.Invalid("the arguments must be a map with the keys expression and data.");
}
