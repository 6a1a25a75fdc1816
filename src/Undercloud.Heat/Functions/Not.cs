using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>not: condition</c>, in conditions only.</summary>
public sealed class Not : Function
{
    private readonly Condition _condition;

    private Not(FunctionCall call)
        : base(call) => _condition = new(call.Argument);

    public static FunctionDefinition Definition { get; } = new("not", null, Create) { SinceInConditions = HotVersion.Newton };

    public override Value? Evaluate(IScope scope) => _condition.Holds(scope, this) is { } holds ? !holds : null;

    private static Function Create(FunctionCall call) =>
        call.Node is Yaml.YamlScalar { Value: NullValue } ? call.Invalid("the argument must be a condition.") : new Not(call);
}
