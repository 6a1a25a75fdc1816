using System.Numerics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/strings.py without the functions that convert other values to text.</summary>
internal static class StringFunctions
{
    private static readonly FunctionSpec s_concat = FunctionSpec.Of("F concat(*args:str)", Concat);

    public static FunctionSpec[] All { get; } =
    [
        s_concat,
        s_concat.As("#operator_+"),
        FunctionSpec.Of("FM len(string:str)", call => CodePoints.Count(call.Text(0))),
        FunctionSpec.Of("M toLower(string:str)", call => call.Produce(Strings.Lower(call.Text(0)))),
        FunctionSpec.Of("M toUpper(string:str)", call => call.Produce(Strings.Upper(call.Text(0)))),
        FunctionSpec.Of("M split(string:str, separator:str?=null, maxSplits:int=-1)", call => Texts(call, Strings.Split(call.Text(0), call.TextOrNull(1), call.Index(2)))),
        FunctionSpec.Of("M rightSplit(string:str, separator:str?=null, maxSplits:int=-1)", call => Texts(call, Strings.SplitRight(call.Text(0), call.TextOrNull(1), call.Index(2)))),
        FunctionSpec.Of("M trim(string:str, chars:str?=null)", call => Strings.Strip(call.Text(0), call.TextOrNull(1))),
        FunctionSpec.Of("M trimLeft(string:str, chars:str?=null)", call => Strings.StripLeft(call.Text(0), call.TextOrNull(1))),
        FunctionSpec.Of("M trimRight(string:str, chars:str?=null)", call => Strings.StripRight(call.Text(0), call.TextOrNull(1))),
        FunctionSpec.Of("FM norm(string:str?, chars:str?=null)", Norm),
        FunctionSpec.Of("FM isEmpty(string:str?, trim:bool=true, chars:str?=null)", IsEmpty),
        FunctionSpec.Of("M replace(string:str, old:str, new:str, count:int=-1)",
            call => call.Produce(Strings.Replace(call.Evaluator, call.Text(0), call.Text(1), call.Text(2), call.Index(3)))),
        FunctionSpec.Of("M replace(string:str, replacements:map, count:int=-1)", ReplaceMany),
        FunctionSpec.Of("F #operator_*(left:str, right:int)", call => Repeat(call, call.Text(0), 1)),
        FunctionSpec.Of("F #operator_*(left:int, right:str)", call => Repeat(call, call.Text(1), 0)),
        FunctionSpec.Of("F #operator_in(left:str, right:str)", call => call.Text(1).Contains(call.Text(0), StringComparison.Ordinal)),
        FunctionSpec.Of("M substring(string:str, start:int, length:int=-1)", Substring),
        FunctionSpec.Of("M indexOf(string:str, sub:str, start:int=0)", call => Strings.Find(call.Text(0), call.Text(1), call.Index(2), int.MaxValue, last: false)),
        FunctionSpec.Of("M indexOf(string:str, sub:str, start:int, length:int)", call => FindWithin(call, last: false)),
        FunctionSpec.Of("M lastIndexOf(string:str, sub:str, start:int=0)", call => Strings.Find(call.Text(0), call.Text(1), call.Index(2), int.MaxValue, last: true)),
        FunctionSpec.Of("M lastIndexOf(string:str, sub:str, start:int, length:int)", call => FindWithin(call, last: true)),
        FunctionSpec.Of("M toCharArray(string:str)", call => call.Tuple(CodePoints.Split(call.Text(0)).Select(one => (Value)one))),
        FunctionSpec.Of("M startsWith(string:str, *prefixes:str)", call => call.Rest.Any(one => call.Text(0).StartsWith(((StringValue)one).Text, StringComparison.Ordinal))),
        FunctionSpec.Of("M endsWith(string:str, *suffixes:str)", call => call.Rest.Any(one => call.Text(0).EndsWith(((StringValue)one).Text, StringComparison.Ordinal))),
        FunctionSpec.Of("F isString(arg:any?)", call => call[0] is StringValue),
    ];

    private static Value Texts(Call call, List<string> texts) => call.List(texts.Select(text => call.Produce(text)));

    private static Value Concat(Call call)
    {
        call.Evaluator.Forecast(call.Rest.Sum(one => (double)((StringValue)one).Text.Length));
        return call.Produce(string.Concat(call.Rest.Select(one => ((StringValue)one).Text)));
    }

    private static Value Norm(Call call) =>
        call.TextOrNull(0) is { } text && Strings.Strip(text, call.TextOrNull(1)) is { Length: > 0 } kept ? kept : Value.Null;

    private static Value IsEmpty(Call call)
    {
        var text = call.TextOrNull(0) ?? "";
        return (call.Flag(1) ? Strings.Strip(text, call.TextOrNull(2)) : text).Length == 0;
    }

    private static Value ReplaceMany(Call call)
    {
        var text = call.Text(0);
        foreach (var (key, value) in Collections.Entries(call[1]))
            text = Strings.Replace(call.Evaluator, text, Formatting.Text(call, key), Formatting.Text(call, value), call.Index(2));
        return call.Produce(text);
    }

    private static Value Repeat(Call call, string text, int count)
    {
        var times = call.Integer(count);
        LimitRepetition(call, times, SizeOf.Text(""), SizeOf.Text(text));
        if (times.Sign <= 0)
            return "";
        call.Evaluator.Forecast((double)times * text.Length);
        return call.Produce(CodePoints.Repeat(text, text.Length == 0 ? 0 : (int)times));
    }

    /// <summary>yaql's size of a repetition: the bytes of an empty string are subtracted, which for a negative number adds them.</summary>
    public static void LimitRepetition(Call call, BigInteger times, long empty, long once)
    {
        var first = (1 - times) * empty;
        call.Evaluator.LimitBytes(Numbers.Clamp(first));
        call.Evaluator.LimitBytes(Numbers.Clamp(first + (times * once)));
    }

    private static Value Substring(Call call)
    {
        var text = call.Text(0);
        var count = CodePoints.Count(text);
        var length = call.Index(2) < 0 ? count : call.Index(2);
        var start = call.Index(1) < 0 ? call.Index(1) + count : call.Index(1);
        return call.Produce(Strings.Slice(text, start, (long)start + length));
    }

    private static Value FindWithin(Call call, bool last)
    {
        var count = CodePoints.Count(call.Text(0));
        var start = call.Index(2) < 0 ? call.Index(2) + count : call.Index(2);
        var length = call.Index(3) < 0 ? (long)count - start : call.Index(3);
        return Strings.Find(call.Text(0), call.Text(1), start, (int)long.Clamp(start + length, int.MinValue, int.MaxValue), last);
    }
}
