using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>and: [condition, condition, …]</c>, in conditions only: whether all of them hold.</summary>
public sealed class And : Function
{
    private readonly Expression _conditions;

    private And(FunctionCall call)
        : base(call) => _conditions = call.Argument;

    public static FunctionDefinition Definition { get; } = new("and", null, Create) { SinceInConditions = HotVersion.Newton };

    public override Value? Evaluate(IScope scope)
    {
        if (_conditions.Resolve(scope) is not ListValue conditions)
            return null;
        foreach (var condition in conditions.Items)
        {
            if (Condition.Holds(scope, condition, this) is not { } holds)
                return null;
            if (!holds)
                return false;
        }

        return true;
    }

    private static Function Create(FunctionCall call) =>
        call.Node is Yaml.YamlSequence { Items.Length: >= 2 } ? new And(call) : call.Invalid("the arguments must be a list of at least two conditions.");
}
