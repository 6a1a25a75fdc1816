using CsCheck;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat.Evaluation;

/// <summary>Evaluation requests with one parameter: random schemas, defaults and values, most of them sensible.</summary>
internal static class ParameterGenerator
{
    private static readonly Gen<Value> s_value = Gen.OneOf<Value>(
        Value.Null, true, false, 0, 1, 2, 5, -1, new FloatValue(2), new FloatValue(1.5), "", "0", "1", "2", "1.5", "1e3", " 5 ", "1_000", "٣", "inf", "nan", "-0", "a", "ab", "aa",
        "a,b", "A", "é", "\U0001F600", "true", "No", " y ", "{\"a\": 1}", "[1, 2, 3]", "[", "null", ListValue.Empty, MapValue.Empty, List("a", "b"), List(1, true), List(Value.Null),
        new MapValue([new("a", 1), new("b", List(2))]));

    private static readonly Gen<Value> s_bound = Gen.OneOf<Value>(0, 1, 2, 3, -1, "1", "2", new FloatValue(1.5), new FloatValue(2), true, Value.Null, "x");

    private static readonly Gen<Value> s_length = One("length", Some(("min", s_bound), ("max", s_bound)));

    private static readonly Gen<Value> s_range = One("range", Some(("min", s_bound), ("max", s_bound)));

    private static readonly Gen<Value> s_modulo = One("modulo", Some(("step", s_bound), ("offset", s_bound), ("step", s_bound), ("offset", Gen.OneOf<Value>(0))));

    private static readonly Gen<Value> s_values = One("allowed_values", s_value.Array[0, 5].Select(values => (Value)List(values)));

    private static readonly Gen<Value> s_pattern = One("allowed_pattern", Gen.OneOf<Value>("a|ab", "[a-z]+", ".*", @"\d+", "(?P<x>a)(?P=x)?", "[", 1));

    private static readonly Gen<Value> s_any = Gen.OneOf(s_length, s_range, s_modulo, s_values, s_pattern, One("custom_constraint", Gen.OneOf<Value>("nova.flavor")), Gen.OneOf<Value>(Value.Null, MapValue.Empty));

    private static readonly Gen<Value> s_schema = Gen.OneOf(
        Schema("string", s_length, s_values, s_pattern),
        Schema("number", s_range, s_modulo, s_values),
        Schema("boolean", s_values),
        Schema("json", s_length),
        Schema("comma_delimited_list", s_length, s_values));

    public static Gen<MapValue> Request { get; } = Gen.Select(
        s_schema, Some(("p", s_value), ("p", s_value)), Some(("p", s_value)), Gen.OneOf<string>("2013-05-23", "2017-02-24", "2018-03-02", "wallaby"), Gen.Int[0, 9],
        (schema, given, defaults, version, declared) => new MapValue(
        [
            new("hot", new MapValue([new("get_param", "p")])), new("version", version), new("parameters", given),
            .. declared == 0 ? Array.Empty<KeyValuePair<string, Value>>() : [new("schema", new MapValue([new("p", schema)]))],
            .. declared <= 6 ? Array.Empty<KeyValuePair<string, Value>>() : [new("parameter_defaults", defaults)],
        ]));

    private static ListValue List(params Value[] items) => new([.. items]);

    private static Gen<Value> Schema(string type, params Gen<Value>[] constraints) => Gen.Select(
        Gen.Frequency((12, Gen.Const(type)), (1, Gen.OneOf<string>("String", "string", "json"))),
        Some(("default", s_value), ("label", s_value), ("hidden", s_value)),
        Gen.Frequency((3, Gen.Const(Array.Empty<Value>())), (5, Gen.OneOf(constraints).Array[1, 2]), (1, s_any.Array[1, 1])),
        (name, more, list) => (Value)new MapValue(
        [
            new("type", name), .. ((MapValue)more).Entries,
            .. list.Length == 0 ? Array.Empty<KeyValuePair<string, Value>>() : [new("constraints", List(list))],
        ]));

    private static Gen<Value> One(string key, Gen<Value> value) => value.Select(inner => (Value)new MapValue([new(key, inner)]));

    // Each entry is there or not; a name given twice is there more often.
    private static Gen<Value> Some(params (string Name, Gen<Value> Value)[] entries) => entries.Aggregate(
        Gen.Const(MapValue.Empty),
        (map, next) => Gen.Select(map, next.Value, Gen.Bool, (known, value, there) => there ? known.With(next.Name, value) : known)).Select(map => (Value)map);
}
