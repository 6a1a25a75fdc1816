using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>contains: [value, sequence]</c>: whether a list has an item, or a string has a substring.</summary>
public sealed class Contains : Function
{
    private readonly Expression _value;
    private readonly Expression _sequence;

    private Contains(FunctionCall call, Expression value, Expression sequence)
        : base(call)
    {
        _value = value;
        _sequence = sequence;
    }

    public static FunctionDefinition Definition { get; } = new("contains", HotVersion.Pike, Create) { SinceInConditions = HotVersion.Pike };

    public override Value? Evaluate(IScope scope)
    {
        var value = _value.Resolve(scope);
        var sequence = _sequence.Resolve(scope);
        return (value, sequence) switch
        {
            (null, _) or (_, null) => null,
            (_, ListValue list) => list.Items.Contains(value, PythonEquality.Comparer),
            (StringValue part, StringValue whole) => whole.Text.Contains(part.Text, StringComparison.Ordinal),
            (_, StringValue) => Fail(scope, $"a string can only contain a string, not {value.TypeName}."),
            _ => Fail(scope, $"the second argument must be a list or a string, not {sequence.TypeName}."),
        };
    }

    private static Function Create(FunctionCall call) =>
        call.Items() is [var value, var sequence]
            ? new Contains(call, value, sequence)
            : call.Invalid("the arguments must be a list [value, sequence].");
}
