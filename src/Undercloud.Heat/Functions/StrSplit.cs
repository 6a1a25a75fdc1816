using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>str_split: [delimiter, string, index?]</c>: a string's parts, or one of them; null stays null.</summary>
public sealed class StrSplit : Function
{
    private const string Usage = "the arguments must be a list [delimiter, string, index?].";
    private readonly Expression _arguments;

    private StrSplit(FunctionCall call, Expression arguments)
        : base(call) => _arguments = arguments;

    public static FunctionDefinition Definition { get; } = new("str_split", HotVersion.V20151015, Create);

    public override Value? Evaluate(IScope scope)
    {
        switch (_arguments.Resolve(scope))
        {
            case null:
                return null;
            case ListValue { Items: [_, NullValue, ..] }:
                return Value.Null;
            case ListValue { Items: [StringValue { Text: "" }, ..] }:
                return Fail(scope, "the delimiter must not be empty.");
            case ListValue { Items: [StringValue or NullValue, StringValue text, .. var index] } arguments:
                ImmutableArray<Value> parts = [.. Parts(arguments.Items[0], text.Text).Select(part => (Value)part)];
                return index.IsEmpty ? new ListValue(parts) : Pick(scope, parts, index[0]);
            case ListValue { Items: [var first, var second, ..] }:
                return Fail(scope, $"the delimiter and the string must be strings, not {first.TypeName} and {second.TypeName}.");
            default:
                return Fail(scope, Usage);
        }
    }

    private static Function Create(FunctionCall call) =>
        call.Argument is var arguments and not (Literal { Value: StringValue or MapValue } or MapExpression)
            ? new StrSplit(call, arguments)
            : call.Invalid(Usage);

    // Python: without a delimiter a string is split at white space.
    private static IEnumerable<string> Parts(Value delimiter, string text) =>
        delimiter is StringValue separator ? text.Split(separator.Text) : PythonString.Words(text);

    private Value? Pick(IScope scope, ImmutableArray<Value> parts, Value index)
    {
        if (Numbers.Integer(index) is not { } number)
            return Fail(scope, $"the index must be an integer, not {index.TypeName} {index}.");
        return PythonIndex.Of(new IntegerValue(number), parts.Length) is { } place
            ? parts[place]
            : Fail(scope, $"the index must be between 0 and {parts.Length - 1}, not {number}.");
    }
}
