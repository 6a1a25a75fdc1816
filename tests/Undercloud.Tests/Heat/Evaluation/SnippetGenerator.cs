using CsCheck;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat.Evaluation;

/// <summary>Evaluation requests with random snippets: functions in functions, arguments mostly of the right shape, some not.</summary>
internal static class SnippetGenerator
{
    private static readonly Value s_schema = PythonJson.Read("""
        {"text": {"type": "string", "default": "hello"}, "number": {"type": "number", "default": "1.50"}, "flag": {"type": "boolean", "default": "on"},
         "list": {"type": "comma_delimited_list", "default": "a,b,c"}, "json": {"type": "json", "default": {"a": 1, "b": ["x", {"c": null}], "\u00e9": {}}},
         "items": {"type": "json", "default": "[1, \"b\", {\"a\": [true]}]"}}
        """);

    private static readonly Value s_conditions = PythonJson.Read("""{"yes": true, "no": {"not": "yes"}, "same": {"equals": [{"get_param": "text"}, "hello"]}}""");

    private static readonly Value s_files = PythonJson.Read("""{"f": "a b\nc", "g": ""}""");

    private static readonly Gen<Value> s_scalar = Gen.OneOf<Value>(
        Value.Null, true, false, 0, 1, -1, 7, new FloatValue(1), new FloatValue(-2.5), new FloatValue(1e16), "", "a", "b", "ab", "abc", "a,b,,c", " a b ", "1", "-1",
        "1_0", "é", "z\U0001F600", "\ud800", "text", "yes", "no", "nope", "k=v", "{\"a\": [1]}", "[1, 2]", "md5", "http", "::1", "8080", "metadata");

    private static readonly Gen<string> s_key = Gen.OneOf<string>("a", "b", "ab", "abc", "é", "\U0001F600", "", "1", "keys", "k");

    // Texts alone: a key that is something else stays that in Python as long as nobody writes the map, and is a text here from the start.
    private static readonly Gen<Value> s_newKey = Gen.OneOf<Value>(Value.Null, "", "a", "b", "ab", "abc", "1", "é", "k=v", "z\U0001F600");

    private static readonly Gen<Value> s_delimiter = Gen.OneOf<Value>(",", "a", "", "-", Value.Null, 1);

    private static readonly Gen<Value> s_parameter = Gen.OneOf<Value>("text", "number", "flag", "list", "json", "items", "nope", "OS::stack_name");

    private const int Depth = 4;

    // One generator for each depth, the scalars first: made anew at every place they would be millions.
    private static readonly List<Gen<Value>> s_snippets = Snippets();

    public static Gen<MapValue> Request { get; } = Gen.Select(Snippet(Depth), Gen.OneOf<string>([.. HotVersions.ByName.Keys.Order(StringComparer.Ordinal)]), (snippet, version) => new MapValue(
    [
        new("hot", snippet), new("version", version), new("schema", s_schema), new("conditions", s_conditions), new("files", s_files),
        new("parameters", new MapValue([new("OS::stack_name", "stack")])),
    ]));

    private static Gen<Value> Snippet(int depth) => s_snippets[depth];

    private static List<Gen<Value>> Snippets()
    {
        var snippets = new List<Gen<Value>> { s_scalar };
        for (var depth = 1; depth <= Depth; depth++)
            snippets.Add(Gen.Frequency((2, s_scalar), (2, List(snippets[^1])), (2, Map(snippets[^1])), (8, Call(snippets[^1]))));
        return snippets;
    }

    private static Gen<Value> List(Gen<Value> inner) => inner.Array[0, 3].Select(items => (Value)new ListValue([.. items]));

    private static Gen<Value> Map(Gen<Value> inner) => Gen.Select(s_key, inner).Array[0, 3]
        .Select(entries => (Value)new MapValue(entries.Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2))));

    private static Gen<Value> Text(Gen<Value> inner) => Gen.Frequency((4, Gen.OneOf<Value>("a", "ab b", "abc,a", "é\U0001F600a", "")), (1, inner));

    private static Gen<Value> Texts(Gen<Value> inner) => Gen.Frequency(
        (4, Text(inner).Array[0, 3].Select(items => (Value)new ListValue([.. items]))), (1, inner));

    private static Gen<Value> Condition(int depth) => Gen.Frequency(
        (5, Gen.OneOf<Value>("yes", "no", "same", true, false, "nope", Value.Null)),
        (1, depth == 0 ? s_scalar : Function("not", Condition(depth - 1))),
        (1, depth == 0 ? s_scalar : Function("and", Arguments(Condition(depth - 1), Condition(depth - 1)))),
        (1, Function("equals", Arguments(s_scalar, Function("get_param", s_parameter)))));

    private static Gen<Value> Call(Gen<Value> inner) => Gen.OneOf(
        Function("get_param", Gen.OneOf(s_parameter, Arguments(s_parameter, s_scalar), Arguments(s_parameter, s_scalar, s_scalar))),
        Function("get_file", Gen.OneOf<Value>("f", "g", "nope")),
        Function("str_replace", Named(("template", Text(inner)), ("params", Map(inner)))),
        Function("str_replace_strict", Named(("template", Text(inner)), ("params", Map(inner)))),
        Function("str_replace_vstrict", Named(("template", Text(inner)), ("params", Map(inner)))),
        Function("Fn::Replace", Arguments(Map(inner), Text(inner))),
        Function("str_split", Gen.OneOf(Arguments(s_delimiter, Text(inner)), Arguments(s_delimiter, Text(inner), s_scalar))),
        Function("Fn::Split", Arguments(s_delimiter, Text(inner))),
        Function("list_join", Gen.OneOf(Arguments(s_delimiter, Texts(inner)), Arguments(s_delimiter, Texts(inner), Texts(inner)))),
        Function("Fn::Join", Arguments(s_delimiter, Texts(inner))),
        Function("Fn::Select", Arguments(s_scalar, inner)),
        Function("Ref", s_parameter),
        Function("list_concat", Texts(inner).Array[0, 3].Select(lists => (Value)new ListValue([.. lists]))),
        Function("list_concat_unique", Texts(inner).Array[0, 3].Select(lists => (Value)new ListValue([.. lists]))),
        Function("map_merge", Map(inner).Array[0, 3].Select(maps => (Value)new ListValue([.. maps]))),
        Function("map_replace", Arguments(Map(inner), Named(("keys", Map(s_newKey)), ("values", Map(s_scalar))))),
        Function("repeat", Named(("template", inner), ("for_each", Gen.Select(s_key, Texts(inner), (key, list) => (Value)new MapValue([new(key, list)]))))),
        Function("repeat", Named(("template", Text(inner)), ("for_each", Map(inner)), ("permutations", Gen.Bool.Select(flag => (Value)flag)))),
        Function("if", Gen.OneOf(Arguments(Condition(2), inner, inner), Arguments(Condition(2), inner))),
        Function("contains", Arguments(inner, Texts(inner))),
        Function("digest", Arguments(Gen.OneOf<Value>("md5", "sha1", "sha224", "SHA512", "sha3_512", "blake2s", "no"), Text(inner))),
        Function("filter", Arguments(Texts(inner), Texts(inner))),
        Function("make_url", Named(("host", Text(inner)), ("port", s_scalar), ("query", Map(inner)))),
        Function("make_url", Named(("scheme", Text(inner)), ("username", Text(inner)), ("password", Text(inner)), ("host", Text(inner)), ("path", Text(inner)))));

    private static Gen<Value> Function(string name, Gen<Value> argument) => argument.Select(value => (Value)new MapValue([new(name, value)]));

    private static Gen<Value> Arguments(params Gen<Value>[] arguments) => arguments.Aggregate(
        Gen.Const(ListValue.Empty), (list, next) => Gen.Select(list, next, (items, item) => new ListValue(items.Items.Add(item)))).Select(list => (Value)list);

    private static Gen<Value> Named(params (string Name, Gen<Value> Value)[] arguments) => arguments.Aggregate(
        Gen.Const(MapValue.Empty), (map, next) => Gen.Select(map, next.Value, (entries, value) => entries.With(next.Name, value))).Select(map => (Value)map);
}
