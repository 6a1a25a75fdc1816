using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>
/// <c>if: [condition, then, else]</c>: one of two values; only the selected branch is ever evaluated. From wallaby on the second branch may
/// be missing: the value is then omitted.
/// </summary>
public sealed class If : Function
{
    private readonly Condition _condition;
    private readonly Expression _then;
    private readonly Expression? _else;

    private If(FunctionCall call, ImmutableArray<Yaml.YamlNode> arguments)
        : base(call)
    {
        // Heat parses only the selected branch, so the branches are no arguments to validate.
        _condition = new(call.Parser.Conditions.Parse(arguments[0]));
        _then = call.Parser.Parse(arguments[1]);
        _else = arguments.Length > 2 ? call.Parser.Parse(arguments[2]) : null;
    }

    public static FunctionDefinition Definition { get; } = new("if", HotVersion.Newton, Create);

    public override Value? Evaluate(IScope scope) => _condition.Holds(scope, this) switch
    {
        null => null,
        true => _then.Evaluate(scope),
        false => _else is null ? OmittedValue.Instance : _else.Evaluate(scope),
    };

    public override bool Validate(IScope scope) => _condition.Expression.Validate(scope) && _condition.Holds(scope, this) switch
    {
        null => false,
        true => _then.Validate(scope),
        false => _else is null || _else.Validate(scope),
    };

    private static Function Create(FunctionCall call)
    {
        var least = call.Version >= HotVersion.Wallaby ? 2 : 3;
        return call.Node is Yaml.YamlSequence { Items: { Length: >= 2 and <= 3 } arguments } && arguments.Length >= least
            ? new If(call, arguments)
            : call.Invalid("the arguments must be a list [condition, value if true, value if false].");
    }
}
