using System.Collections.Immutable;
using System.Globalization;
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
            case ListValue { Items: [StringValue delimiter, StringValue text, .. var index] }:
                var parts = text.Text.Split(delimiter.Text).Select(part => (Value)part).ToImmutableArray();
                return index.IsEmpty ? new ListValue(parts) : Pick(scope, parts, index[0]);
            case ListValue { Items: [var delimiter, var text, ..] }:
                return Fail(scope, $"the delimiter and the string must be strings, not {delimiter.TypeName} and {text.TypeName}.");
            default:
                return Fail(scope, Usage);
        }
    }

    private static Function Create(FunctionCall call) =>
        call.Argument is var arguments and not (Literal { Value: StringValue or MapValue } or MapExpression)
            ? new StrSplit(call, arguments)
            : call.Invalid(Usage);

    private Value? Pick(IScope scope, ImmutableArray<Value> parts, Value index)
    {
        if (Whole(index) is not { } number)
            return Fail(scope, $"the index must be an integer, not {index.TypeName} {index}.");
        var place = number < 0 ? number + parts.Length : number;
        return place >= 0 && place < parts.Length
            ? parts[(int)place]
            : Fail(scope, $"the index must be between 0 and {parts.Length - 1}, not {number}.");
    }

    private static long? Whole(Value index) => index switch
    {
        IntegerValue integer when integer.Number >= long.MinValue / 2 && integer.Number <= long.MaxValue / 2 => (long)integer.Number,
        BooleanValue boolean => boolean.Flag ? 1 : 0,
        FloatValue { Number: > int.MinValue and < int.MaxValue } number => (long)number.Number,
        StringValue text when long.TryParse(text.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
