using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Functions;

/// <summary>
/// Parses template data into expressions: a map with one key that names a function of the template's version is a call of that function;
/// any other value is data.
/// </summary>
public sealed class ExpressionParser
{
    private readonly IReadOnlyDictionary<string, Func<FunctionCall, Expression>> _functions;
    private readonly List<InvalidCall> _invalid = [];

    private ExpressionParser(HotVersion version, IReadOnlyDictionary<string, Func<FunctionCall, Expression>> functions, ExpressionParser? conditions)
    {
        Version = version;
        _functions = functions;
        Conditions = conditions ?? this;
    }

    /// <summary>A parser for one template.</summary>
    public ExpressionParser(HotVersion version)
        : this(version, FunctionTable.For(version), new ExpressionParser(version, FunctionTable.ForConditions(version), null))
    {
    }

    public HotVersion Version { get; }

    /// <summary>The parser for conditions, where other functions are allowed.</summary>
    public ExpressionParser Conditions { get; }

    /// <summary>An expression, and the malformed calls in it.</summary>
    public (Expression Expression, ImmutableArray<InvalidCall> Invalid) ParseJudging(YamlNode node)
    {
        _invalid.Clear();
        return (Parse(node), [.. _invalid]);
    }

    /// <summary>Whether a mapping is a call.</summary>
    public bool IsFunction(YamlMapping map) => map.Entries is [var only] && _functions.ContainsKey(only.Key);

    public Expression Parse(YamlNode node) => node switch
    {
        YamlMapping { Entries: [var only] } when _functions.TryGetValue(only.Key, out var create) => Call(only, create),
        YamlMapping map => Map(map),
        YamlSequence list => List(list),
        _ => new Literal(node.ToValue(), node.Span),
    };

    private Expression Call(YamlEntry entry, Func<FunctionCall, Expression> create)
    {
        var call = create(new FunctionCall(entry.Key, entry.Value, entry.KeySpan, this));
        if (call is InvalidCall invalid)
            _invalid.Add(invalid);
        return call;
    }

    private Expression Map(YamlMapping map)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, Expression>>(map.Entries.Length);
        var literal = true;
        foreach (var entry in map.Entries)
        {
            var value = Parse(entry.Value);
            literal &= value is Literal;
            entries.Add(new(entry.Key, value));
        }

        return literal ? new Literal(map.ToValue(), map.Span) : new MapExpression(entries.MoveToImmutable(), map.Span);
    }

    private Expression List(YamlSequence list)
    {
        var items = list.Items.Select(Parse).ToImmutableArray();
        return items.All(item => item is Literal) ? new Literal(list.ToValue(), list.Span) : new ListExpression(items, list.Span);
    }
}
