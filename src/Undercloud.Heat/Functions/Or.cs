using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>or: [condition, condition, …]</c>, in conditions only: whether any of them holds.</summary>
public sealed class Or : Function
{
    private readonly Expression _conditions;

    private Or(FunctionCall call)
        : base(call) => _conditions = call.Argument;

    public static FunctionDefinition Definition { get; } = new("or", null, Create) { SinceInConditions = HotVersion.Newton };

    public override Value? Evaluate(IScope scope)
    {
        if (_conditions.Resolve(scope) is not ListValue conditions)
            return null;
        foreach (var condition in conditions.Items)
        {
            if (Condition.Holds(scope, condition, this) is not { } holds)
                return null;
            if (holds)
                return true;
        }

        return false;
    }

    private static Function Create(FunctionCall call) =>
        call.Node is Yaml.YamlSequence { Items.Length: >= 2 } ? new Or(call) : call.Invalid("the arguments must be a list of at least two conditions.");
}
