using System.Collections.Immutable;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary>
/// <c>repeat: {template: …, for_each: {key: list}, permutations: true}</c>: the resolved template once for every combination of
/// items, the keys in its strings replaced.
/// </summary>
public sealed class Repeat : Function
{
    private const long CombinationLimit = 1_000_000;
    private readonly Expression _forEach;
    private readonly Expression _template;
    private readonly bool _permutations;
    private readonly bool _overMaps;

    private Repeat(FunctionCall call, Expression forEach, Expression template, bool permutations)
        : base(call)
    {
        _forEach = forEach;
        _template = template;
        _permutations = permutations;
        _overMaps = permutations && call.Version >= HotVersion.Newton;
    }

    public static FunctionDefinition Definition { get; } = new("repeat", HotVersion.V20150430, Create);

    public override Value? Evaluate(IScope scope)
    {
        if (_forEach.Resolve(scope) is not { } argument)
            return null;
        if (argument is not MapValue { Count: > 0 } forEach)
            return Fail(scope, "for_each must be a map of lists.");
        var keys = forEach.Keys.ToImmutableArray();
        var lists = new List<ImmutableArray<Value>>();
        foreach (var (key, value) in forEach.Entries)
        {
            if (Items(value) is not { } items)
                return Fail(scope, $"for_each '{key}' must be a list{(_overMaps ? " or a map" : "")}, not {value.TypeName}.");
            lists.Add(items);
        }

        if (!_permutations && Uneven(forEach, lists))
            return Fail(scope, "without permutations all lists of for_each must have the same length.");
        if (_template.Resolve(scope) is not { } template)
            return null;
        if (Combinations(lists) is not { } combinations || !scope.Spend(combinations.Count, this))
            return Fail(scope, $"for_each has more than {CombinationLimit} combinations.");
        return Instances(scope, template, keys, combinations);
    }

    protected override bool Check(IScope scope) =>
        _forEach is Function or MapExpression or Literal { Value: MapValue } || Refuse(scope, "for_each must be a map of lists.");

    private static Function Create(FunctionCall call)
    {
        // Heat ignores other keys.
        if (call.Named() is not { } named || !named.TryGetValue("for_each", out var forEach) || !named.TryGetValue("template", out var template))
            return call.Invalid("the arguments must be a map with the keys for_each and template.");
        if (call.Version < HotVersion.Pike || !named.TryGetValue("permutations", out var permutations))
            return new Repeat(call, forEach, template, true);
        return permutations is Literal { Value: BooleanValue flag }
            ? new Repeat(call, forEach, template, flag.Flag)
            : call.Invalid("permutations must be true or false.");
    }

    private ImmutableArray<Value>? Items(Value value) => value switch
    {
        NullValue => [],
        ListValue list => list.Items,
        MapValue map when _overMaps => [.. map.Keys.Select(key => (Value)key)],
        _ => null,
    };

    private static bool Uneven(MapValue forEach, List<ImmutableArray<Value>> lists) =>
        lists.Where((_, i) => forEach.Entries[i].Value is not NullValue).Select(list => list.Length).Distinct().Count() > 1;

    private List<Value[]>? Combinations(List<ImmutableArray<Value>> lists)
    {
        if (!_permutations)
            return [.. Enumerable.Range(0, lists.Min(list => list.Length)).Select(i => lists.Select(list => list[i]).ToArray())];
        var all = new List<Value[]> { Array.Empty<Value>() };
        foreach (var list in lists)
        {
            if ((long)all.Count * list.Length > CombinationLimit)
                return null;
            all = [.. all.SelectMany(head => list.Select(item => (Value[])[.. head, item]))];
        }

        return all;
    }

    private ListValue? Instances(IScope scope, Value template, ImmutableArray<string> keys, List<Value[]> combinations)
    {
        var instances = ImmutableArray.CreateBuilder<Value>(combinations.Count);
        foreach (var combination in combinations)
        {
            if (Replace(scope, template, keys, combination) is not { } instance)
                return null;
            instances.Add(instance);
        }

        return new ListValue(instances.MoveToImmutable());
    }

    private Value? Replace(IScope scope, Value template, ImmutableArray<string> keys, Value[] values)
    {
        switch (template)
        {
            case StringValue text:
                return Text(scope, text.Text, keys, values) is { } replaced ? new StringValue(replaced) : null;
            case ListValue list:
                var items = list.Items.Select(item => Replace(scope, item, keys, values)).ToList();
                return items.Contains(null) || !scope.Spend(items.Count, this) ? null : new ListValue([.. items.Select(item => item!)]);
            case MapValue map:
                var entries = map.Entries
                    .Select(entry => (Key: Text(scope, entry.Key, keys, values), Value: Replace(scope, entry.Value, keys, values))).ToList();
                return entries.Exists(entry => entry.Key is null || entry.Value is null) || !scope.Spend(entries.Count, this)
                    ? null
                    : new MapValue(entries.Select(entry => KeyValuePair.Create(entry.Key!, entry.Value!)));
            default:
                return template;
        }
    }

    private string? Text(IScope scope, string text, ImmutableArray<string> keys, Value[] values)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (values[i] is not StringValue { Text: var item })
            {
                Fail(scope, $"the items of for_each '{keys[i]}' must be strings, not {values[i].TypeName} {values[i]}.");
                return null;
            }

            if (!scope.Spend(PythonString.LengthReplaced(text, keys[i], item) / 8, this))
                return null;
            text = PythonString.Replace(text, keys[i], item);
        }

        return text;
    }
}
