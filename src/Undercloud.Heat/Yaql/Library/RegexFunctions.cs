using System.Text;
using System.Text.RegularExpressions;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/regex.py.</summary>
internal static class RegexFunctions
{
    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("F regex(pattern:str, ignoreCase:bool?=false, multiLine:bool?=false, dotAll:bool?=false)", Compile),
        FunctionSpec.Of("M matches(regexp:regex, string:str)", call => Found(call, Own(call, 0), 1)),
        FunctionSpec.Of("M matches(string:str, regexp:str)", call => Found(call, OfText(call, 1), 0)),
        FunctionSpec.Of("F #operator_=~(string:str, regexp:regex)", call => Found(call, Own(call, 1), 0)),
        FunctionSpec.Of("F #operator_=~(string:str, pattern:str)", call => Found(call, OfText(call, 1), 0)),
        FunctionSpec.Of("F #operator_!~(string:str, regexp:regex)", call => !Found(call, Own(call, 1), 0)),
        FunctionSpec.Of("F #operator_!~(string:str, pattern:str)", call => !Found(call, OfText(call, 1), 0)),
        FunctionSpec.Of("M search(regexp:regex, string:str, selector:contextlambda=null)", Search),
        FunctionSpec.Of("M searchAll(regexp:regex, string:str, selector:contextlambda=null)",
            call => call.Iterator(Own(call, 0).Matches(call.Evaluator, call.Text(1)).Select(match => Select(call, match)))),
        FunctionSpec.Of("M split(regexp:regex, string:str, maxSplit:int=0)", call => Split(call, 0, 1)),
        FunctionSpec.Of("M split(string:str, regexp:regex, maxSplit:int=0)", call => Split(call, 1, 0)),
        FunctionSpec.Of("M replace(regexp:regex, string:str, repl:str, count:int=0)", call => Replace(call, 0, 1)),
        FunctionSpec.Of("M replace(string:str, regexp:regex, repl:str, count:int=0)", call => Replace(call, 1, 0)),
        FunctionSpec.Of("M replaceBy(regexp:regex, string:str, repl:contextlambda, count:int=0)", call => ReplaceBy(call, 0, 1)),
        FunctionSpec.Of("M replaceBy(string:str, regexp:regex, repl:contextlambda, count:int=0)", call => ReplaceBy(call, 1, 0)),
        FunctionSpec.Of("F escapeRegex(string:str)", Escape),
        FunctionSpec.Of("F isRegex(value:any?)", call => call[0] is RegexValue),
    ];

    private static Value Compile(Call call) => call.Evaluator.Regex(
        call.Text(0), (call.Flag(1) ? PythonRegex.IgnoreCase : 0) | (call.Flag(2) ? PythonRegex.MultiLine : 0) | (call.Flag(3) ? PythonRegex.DotAll : 0));

    private static PythonRegex Own(Call call, int index) => ((RegexValue)call[index]).Regex;

    private static PythonRegex OfText(Call call, int index) => call.Evaluator.Regex(call.Text(index), 0).Regex;

    private static bool Found(Call call, PythonRegex regex, int text) => regex.Search(call.Evaluator, call.Text(text)) is not null;

    private static Value Search(Call call) => Own(call, 0).Search(call.Evaluator, call.Text(1)) is { } match ? Select(call, match) : Value.Null;

    private static Value Select(Call call, Match match)
    {
        if (call.LambdaOrNull(2) is not { } selector)
            return match.Value;
        var context = new Context(call.Context);
        Publish(call, context, Own(call, 0), call.Text(1), match);
        return selector.InvokeIn(context);
    }

    private static Value Split(Call call, int regex, int text) =>
        call.List(Own(call, regex).Split(call.Evaluator, call.Text(text), call.Index(2)).Select(part => part is null ? Value.Null : call.Produce(part)));

    private static Value Replace(Call call, int regex, int text)
    {
        var template = RegexTemplate.Parse(call.Text(2), Own(call, regex));
        return call.Produce(Own(call, regex).Replace(call.Evaluator, call.Text(text), template, call.Index(3)));
    }

    private static Value ReplaceBy(Call call, int regex, int text) => call.Produce(Own(call, regex).Replace(
        call.Evaluator,
        call.Text(text),
        match =>
        {
            Publish(call, call.Context, Own(call, regex), call.Text(text), match);
            return call.Lambda(2).InvokeIn(new Context(call.Context)) switch
            {
                StringValue replacement => replacement.Text,
                NullValue => "",
                var other => throw YaqlException.Type($"expected str instance, {Messages.TypeName(other)} found"),
            };
        },
        call.Index(3)));

    // _publish_match: $1 is the match, $2 the first group; for a named group yaql uses each of the two characters that it matched as a name.
    private static void Publish(Call call, Context context, PythonRegex regex, string text, Match match)
    {
        context["$1"] = Record(call, text, match.Value, match);
        for (var group = 1; group <= regex.Groups; group++)
            context[$"${group + 1}"] = Record(call, text, PythonRegex.GroupText(match, group), match.Groups[group]);
        foreach (var (_, number) in regex.Names)
        {
            string[] characters = PythonRegex.GroupText(match, number) is { } value ? [.. CodePoints.Split(value)] : throw YaqlException.Type("cannot unpack non-iterable NoneType object");
            if (characters.Length != 2)
                throw YaqlException.Value("not enough or too many values to unpack (expected 2)");
            var named = regex.Names.Where(pair => pair.Key == characters[1]).Select(pair => pair.Value).FirstOrDefault();
            if (named == 0)
                throw new YaqlException("IndexError: no such group", ErrorKind.Index);
            context["$" + characters[0]] = Record(call, text, characters[1], match.Groups[named]);
        }
    }

    private static DictValue Record(Call call, string text, string? value, Group group)
    {
        var start = group.Success ? CodePoints.Count(text.AsSpan(0, group.Index)) : -1;
        var end = group.Success ? CodePoints.Count(text.AsSpan(0, group.Index + group.Length)) : -1;
        return MapFunctions.With(call, [new("value", value is null ? Value.Null : value), new("start", start), new("end", end)], frozen: false);
    }

    private static Value Escape(Call call)
    {
        var builder = new StringBuilder();
        foreach (var c in call.Text(0))
        {
            if ("()[]{}?*+-|^$\\.&~# \t\n\r\v\f".Contains(c))
                builder.Append('\\');
            builder.Append(c);
        }

        return call.Produce(builder.ToString());
    }
}
