using System.Text;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>The functions that convert other values to text: str, join, format, hex; and the character sets.</summary>
internal static class Formatting
{
    private const string Digits = "0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private const string Blanks = " \t\n\r\v\f";

    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("F str(value:any?)", call => call[0] is StringValue ? call[0] : call.Produce(Str(call.Evaluator, call[0]))),
        FunctionSpec.Of("M join(sequence:iterable, separator:str)", call => Join(call, 0, 1)),
        FunctionSpec.Of("M join(separator:str, sequence:iterable)", call => Join(call, 1, 0)),
        FunctionSpec.Of("FM format(_FormatString:str, *args:any?, **kwargs:any?)",
            call => call.Produce(StringFormat.Apply(call.Evaluator, call.Text(0), call.Rest, call.Named))),
        FunctionSpec.Of("F hex(num:number?)", call => NumberConversions.Hex(call[0])),
        FunctionSpec.Of(
            "F characters(digits:bool?=false, hexdigits:bool?=false, asciiLowercase:bool?=false, asciiUppercase:bool?=false, asciiLetters:bool?=false, "
            + "letters:bool?=false, octdigits:bool?=false, punctuation:bool?=false, printable:bool?=false, lowercase:bool?=false, uppercase:bool?=false, whitespace:bool?=false)",
            Characters),
    ];

    /// <summary>A value's text as yaql's str() returns it, by a function str that an expression may define.</summary>
    public static string Text(Call call, Value value)
    {
        if (call.Evaluator.HasDefinitions)
            return call.Delegate("str", value) is StringValue text ? text.Text : throw YaqlException.Type("sequence item: expected str instance");
        call.Evaluator.Limit(value);
        return Str(call.Evaluator, value);
    }

    private static string Str(Evaluator evaluator, Value value) => value switch
    {
        NullValue => "null",
        BooleanValue flag => flag.Flag ? "true" : "false",
        _ => PythonWriter.Str(evaluator, value),
    };

    private static Value Join(Call call, int sequence, int separator)
    {
        var builder = new StringBuilder();
        var between = "";
        foreach (var item in call.Items(sequence))
        {
            builder.Append(between).Append(Text(call, item));
            between = call.Text(separator);
            call.Evaluator.Forecast(builder.Length);
        }

        return call.Produce(builder.ToString());
    }

    private static Value Characters(Call call)
    {
        // Python 3 no longer has string.letters, lowercase and uppercase.
        if (call.Flag(5) || call.Flag(9) || call.Flag(10))
            throw new YaqlException("AttributeError: module 'string' has no attribute 'letters'");
        string[] sets = [Digits, Digits + "abcdefABCDEF", Lower, Upper, Lower + Upper, "", "01234567", Punctuation, Digits + Lower + Upper + Punctuation + Blanks, "", "", Blanks];
        return call.Tuple(sets.Where((_, i) => call.Flag(i)).SelectMany(set => set).Distinct().Select(c => (Value)c.ToString()));
    }
}
