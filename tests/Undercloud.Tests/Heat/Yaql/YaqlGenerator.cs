using CsCheck;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat.Yaql;

/// <summary>Random expressions of a small grammar over random data with the keys a, b, l (a list), d (a map) and s (a string).</summary>
internal static class YaqlGenerator
{
    private static readonly string[] s_operators =
        ["+", "-", "*", "/", "mod", "=", "!=", "<", "<=", ">", ">=", "in", "and", "or", "=~", "!~", "."];

    private static readonly string[] s_atoms =
    [
        "$", "$.a", "$.b", "$.l", "$.d", "$.s", "$.l[0]", "$.d.x", "$.missing", "$1", "$2", "0", "1", "2", "-1", "1.5", "0.0", "null", "true", "false", "''", "'a'", "ab", "'a,b'",
        "[]", "{}", "[1, 2, 3]", "[a, null, 1]", "{x => 1, y => [2]}", "set(1, a)", "range(3)", "regex('[a-c]')", "timespan(1)", "'{0}|{1}'", "$.l.where(true)",
    ];

    // %e stands for any expression, %p for one where $ is an item.
    private static readonly string[] s_calls =
    [
        "%e.where(%p)", "%e.select(%p)", "%e.len()", "%e.keys()", "%e.values()", "%e.items()", "%e.first()", "%e.last()", "%e.first(%e)", "%e.get(%e)", "%e.get(%e, %e)", "%e.flatten()",
        "%e.distinct()", "%e.toList()", "%e.toSet()", "%e.sum()", "%e.max()", "%e.min(%e)", "%e.any(%p)", "%e.all()", "%e.orderBy(%p)", "%e.orderByDescending(%p).thenBy(%p)", "%e.groupBy(%p)",
        "%e.groupBy(%p, %p, %p)", "%e.toDict(%p)", "%e.toDict(%p, %p)", "%e.zip(%e)", "%e.zipLongest(%e, default => %e)", "%e.join(%e)", "%e.split(%e)", "%e.rightSplit(',', 1)", "%e.replace(%e, %e)",
        "%e.toUpper()", "%e.trim()", "%e.isEmpty()", "%e.norm()", "%e.contains(%e)", "%e.containsKey(%e)", "%e.delete(%e)", "%e.deleteAll(%e)", "%e.set(%e, %e)", "%e.insert(1, %e)", "%e.append(%e)",
        "%e.reverse()", "%e.skip(1)", "%e.limit(2)", "%e.slice(2)", "%e.enumerate()", "%e.memorize()", "%e.selectMany(%p)", "%e.indexOf(%e)", "%e.lastIndexOf(%e)", "%e.substring(%e)", "%e.startsWith(%e)",
        "%e.mergeWith(%e)", "%e.reduce($1 + $2)", "%e.aggregate(%p, %e)", "%e.accumulate($1 + $2)", "%e.defaultIfEmpty(%e)", "%e.takeWhile(%p)", "%e.skipWhile(%p)", "%e.splitAt(1)", "%e.splitWhere(%p)",
        "%e.sliceWhere(%p)", "%e.matches(%e)", "%e.union(%e)", "%e.difference(%e)", "%e.format(%e, %e)", "%e.x", "%e?.x", "%e?.len()", "%e[%e]", "%e[%e, %e]", "%e.count()", "%e.concat(%e)", "%e.toCharArray()",
        "str(%e)", "int(%e)", "float(%e)", "bool(%e)", "len(%e)", "list(%e, %e)", "dict(%e)", "set(%e)", "coalesce(%e, %e)", "switch(%e => %e, true => %e)", "isList(%e)", "isDict(%e)", "isSet(%e)", "isString(%e)",
        "isIterable(%e)", "concat(%e, %e)", "max(%e, %e)", "min(%e, %e)", "abs(%e)", "round(%e)", "sign(%e)", "not %e", "-%e", "(%e)", "[%e, %e]", "{%e => %e}", "{x => %e, y => %e}", "let(%e) -> %p",
        "let(v => %e) -> [$v, $v]", "def(f, %p) -> f(%e)", "%e.assert(%p)", "%e.switchCase(%e, %e)", "selectCase(%e, %e)", "examine(%e, %e)", "%e.unpack(p, q) -> [$p, $q]", "with(%e, %e) -> [$1, $2]",
        "call(len, [%e], {})", "any(%e)", "all(%e)", "%e.where($ != null).select(%p)", "%e.select(str($)).join(',')", "%e.l.select(%p)", "%e.d.items().select(%p)", "bitwiseAnd(%e, %e)", "isEmpty(%e)",
    ];

    public static Gen<YaqlCase> Case => Gen.Select(Expression(0, 4), Data, (expression, data) => new YaqlCase("generated", expression, data));

    private static Gen<Value> Scalar => Gen.Frequency(
        (3, Gen.OneOf("", "a", "b", "ab", "a,b", "1", "x", " a ", "ż", "😀").Select(text => (Value)text)),
        (3, Gen.Int[-3, 12].Select(number => (Value)number)),
        (1, Gen.OneOf(0.5, -1.5, 2.0, 1e20).Select(number => (Value)new FloatValue(number))),
        (1, Gen.Bool.Select(flag => (Value)flag)),
        (1, Gen.Const(Value.Null)));

    private static Gen<Value> Any(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (3, Scalar),
        (1, Any(depth - 1).Array[0, 3].Select(items => (Value)new ListValue([.. items]))),
        (1, Map(depth - 1)));

    private static Gen<Value> Map(int depth) => Gen.Select(Gen.OneOf("x", "y", "a", "b", "1"), Any(depth)).Array[0, 3]
        .Select(pairs => (Value)new MapValue(pairs.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))));

    private static Gen<Value> Data => Gen.Select(Any(2), Any(2), Any(1).Array[0, 4], Map(2), Scalar, (a, b, l, d, s) => (Value)new MapValue(
        [new("a", a), new("b", b), new("l", new ListValue([.. l])), new("d", d), new("s", s)]));

    private static Gen<string> Expression(int least, int depth)
    {
        var atom = Gen.OneOf(s_atoms);
        if (depth == 0)
            return atom;
        var inner = Gen.Frequency((1, atom), (2, Gen.Int[0, int.MaxValue].SelectMany(_ => Expression(0, depth - 1))));
        var call = Gen.OneOf(s_calls).SelectMany(template => Fill(template, inner));
        var infix = Gen.Select(inner, Gen.OneOf(s_operators), inner, (left, symbol, right) => $"{left} {symbol} {right}");
        return least > 0 ? Gen.OneOf(call, infix) : Gen.Frequency((1, atom), (4, call), (1, infix));
    }

    // Fills the holes of a template one after another.
    private static Gen<string> Fill(string template, Gen<string> inner)
    {
        var hole = template.IndexOf('%');
        return hole < 0
            ? Gen.Const(template)
            : inner.SelectMany(text => Fill(template[(hole + 2)..], inner).Select(rest => template[..hole] + Receiver(text, template, hole) + rest));
    }

    private static string Receiver(string text, string template, int hole) =>
        hole + 2 < template.Length && template[hole + 2] is '.' or '?' or '[' && text.Contains(' ') ? $"({text})" : text;
}
