using System.Numerics;
using System.Text;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Python's str.format().</summary>
internal sealed class StringFormat
{
    private readonly Evaluator _evaluator;
    private readonly IReadOnlyList<Value> _arguments;
    private readonly IReadOnlyList<KeyValuePair<string, Value>> _named;
    private int _next;
    private bool? _automatic;

    private StringFormat(Evaluator evaluator, IReadOnlyList<Value> arguments, IReadOnlyList<KeyValuePair<string, Value>> named)
    {
        _evaluator = evaluator;
        _arguments = arguments;
        _named = named;
    }

    public static string Apply(Evaluator evaluator, string format, IReadOnlyList<Value> arguments, IReadOnlyList<KeyValuePair<string, Value>> named) =>
        new StringFormat(evaluator, arguments, named).Render(format, 2);

    private string Render(string format, int depth)
    {
        if (depth < 0)
            throw YaqlException.Value("Max string recursion exceeded");
        var builder = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c is not ('{' or '}'))
            {
                builder.Append(c);
                continue;
            }

            if (i + 1 < format.Length && format[i + 1] == c)
            {
                builder.Append(c);
                i++;
                continue;
            }

            if (c == '}')
                throw YaqlException.Value("Single '}' encountered in format string");
            var end = FieldEnd(format, i + 1);
            builder.Append(Field(format[(i + 1)..end], depth));
            _evaluator.Forecast(builder.Length);
            i = end;
        }

        return builder.ToString();
    }

    private static int FieldEnd(string format, int from)
    {
        var depth = 1;
        var bracket = false;
        for (var i = from; i < format.Length; i++)
        {
            bracket = bracket ? format[i] != ']' : format[i] == '[' && depth == 1;
            depth += bracket ? 0 : format[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        throw YaqlException.Value(from == format.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    // field => name [ "!" conversion ] [ ":" specification ]
    private string Field(string field, int depth)
    {
        var name = NameEnd(field);
        var specification = "";
        var conversion = '\0';
        var rest = field[name..];
        if (rest.StartsWith('!'))
        {
            if (rest.Length < 2 || (rest.Length > 2 && rest[2] != ':'))
                throw YaqlException.Value("expected ':' after conversion specifier");
            conversion = rest[1];
            rest = rest[2..];
        }

        var value = Lookup(field[..name]);
        if (rest.StartsWith(':'))
            specification = rest.Contains('{') || rest.Contains('}') ? Render(rest[1..], depth - 1) : rest[1..];
        value = conversion switch
        {
            '\0' => value,
            's' => PythonWriter.Str(_evaluator, value),
            'r' => PythonWriter.Repr(_evaluator, value),
            'a' => Ascii(PythonWriter.Repr(_evaluator, value)),
            _ => throw YaqlException.Value($"Unknown conversion specifier {conversion}"),
        };
        return FormatSpecification.Apply(_evaluator, value, specification);
    }

    private static int NameEnd(string field)
    {
        var bracket = false;
        for (var i = 0; i < field.Length; i++)
        {
            if (!bracket && field[i] is '!' or ':')
                return i;
            bracket = bracket ? field[i] != ']' : field[i] == '[';
        }

        return field.Length;
    }

    private Value Lookup(string name)
    {
        var first = name.IndexOfAny(['.', '[']) is >= 0 and var end ? end : name.Length;
        var value = First(name[..first]);
        for (var i = first; i < name.Length;)
        {
            if (name[i] == '.')
                throw new YaqlException($"AttributeError: '{Messages.TypeName(value)}' object has no attribute '{name[(i + 1)..]}'");
            var close = name[i] == '[' ? name.IndexOf(']', i) : throw YaqlException.Value("Only '.' or '[' may follow ']' in format field specifier");
            if (close < 0)
                throw YaqlException.Value("Missing ']' in format string");
            value = Item(value, name[(i + 1)..close]);
            i = close + 1;
        }

        return value;
    }

    private Value First(string name)
    {
        if (name.Length > 0 && !name.All(char.IsAsciiDigit))
            return _named.Where(pair => pair.Key == name).Select(pair => pair.Value).FirstOrDefault() ?? throw new YaqlException($"KeyError: '{name}'");
        if (_automatic == (name.Length > 0))
            throw YaqlException.Value("cannot switch between automatic field numbering and manual field specification");
        _automatic = name.Length == 0;
        var index = name.Length == 0 ? _next++ : BigInteger.Parse(name);
        return index < _arguments.Count ? _arguments[(int)index] : throw new YaqlException("IndexError: Replacement index out of range for positional args tuple", ErrorKind.Index);
    }

    private static Value Item(Value value, string key)
    {
        if (key.Length == 0)
            throw YaqlException.Value("Empty attribute in format string");
        Value index = key.All(char.IsAsciiDigit) ? Numbers.Of(BigInteger.Parse(key)) : key;
        if (Collections.IsMap(value))
            return Collections.Get(value, index) ?? throw new YaqlException($"KeyError: {key}");
        if (index is not IntegerValue { Number: var place })
            throw YaqlException.Type($"{Messages.TypeName(value)} indices must be integers or slices, not str");
        if (!Collections.IsSequence(value) && value is not StringValue)
            throw YaqlException.Type($"'{Messages.TypeName(value)}' object is not subscriptable");
        return Collections.Items(value).ElementAtOrDefault(Numbers.Clamp(place)) ?? throw new YaqlException($"IndexError: {Messages.TypeName(value)} index out of range", ErrorKind.Index);
    }

    private static string Ascii(string text)
    {
        var builder = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value < 0x80 ? builder.Append((char)rune.Value)
                : builder.Append(rune.Value < 0x100 ? $"\\x{rune.Value:x2}" : rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
        }

        return builder.ToString();
    }
}
