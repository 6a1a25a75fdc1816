using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;

namespace Undercloud.Heat.Yaql.Runtime;

/// <summary>Converts the result of an expression to data: utils.convert_output_data, and Python's json for values that JSON lacks.</summary>
internal static class Output
{
    public static Value Convert(Evaluator evaluator, Value value) => Convert(evaluator, value, 0);

    private static Value Convert(Evaluator evaluator, Value value, int depth)
    {
        evaluator.Enter(cost: 4);
        if (depth > evaluator.Limits.Depth)
            throw new YaqlException("The result is nested too deeply", ErrorKind.Limit);
        switch (value)
        {
            case MapValue or DictValue:
                Collections.LimitCount(evaluator, value);
                return Map(evaluator, value, depth);
            case ListValue or MutableListValue or SetValue or ViewValue { Kind: not ViewKind.Values }:
                Collections.LimitCount(evaluator, value);
                return List(evaluator, value, Collections.Items(value), depth);
            case IteratorValue or ViewValue or OrderingValue:
                return List(evaluator, value, Collections.Counted(evaluator, value), depth);
            case DateTimeValue or TimeSpanValue:
                return PythonWriter.Str(evaluator, value);
            case RuntimeValue:
                throw new YaqlException($"The result is a {value.TypeName}, which is no data");
            case IntegerValue integer:
                _ = Numbers.Text(integer.Number);
                return value;
            default:
                return value;
        }
    }

    private static Value List(Evaluator evaluator, Value source, IEnumerable<Value> items, int depth)
    {
        var changed = source is not ListValue;
        var hashed = source is SetValue or ViewValue { Kind: not ViewKind.Values };
        var result = System.Collections.Immutable.ImmutableArray.CreateBuilder<Value>();
        foreach (var item in items)
        {
            var converted = Convert(evaluator, item, depth + 1);
            // Python puts converted items back into a set; lists and dicts cannot be in one.
            if (hashed && converted is ListValue or MapValue)
                throw YaqlException.Type($"unhashable type: '{(converted is ListValue ? "list" : "dict")}'");
            changed |= !ReferenceEquals(converted, item);
            result.Add(converted);
        }

        return changed ? new ListValue(result.DrainToImmutable()) : source;
    }

    private static Value Map(Evaluator evaluator, Value source, int depth)
    {
        var changed = source is not MapValue;
        var result = new List<KeyValuePair<string, Value>>();
        foreach (var (key, item) in Collections.Entries(source))
        {
            var converted = Convert(evaluator, item, depth + 1);
            changed |= !ReferenceEquals(converted, item);
            result.Add(new(Key(key), converted));
        }

        return changed ? new MapValue(result) : source;
    }

    private static string Key(Value key) => key switch
    {
        StringValue text => text.Text,
        NullValue => "null",
        BooleanValue flag => flag.Flag ? "true" : "false",
        IntegerValue integer => Numbers.Text(integer.Number),
        FloatValue number => double.IsNaN(number.Number) ? "NaN" : double.IsInfinity(number.Number) ? (number.Number > 0 ? "Infinity" : "-Infinity") : PythonText.Float(number.Number),
        _ => throw YaqlException.Type($"keys must be str, int, float, bool or None, not {Messages.TypeName(key)}"),
    };
}
