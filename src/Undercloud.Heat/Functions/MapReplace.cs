using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>map_replace: [map, {keys: …, values: …}]</c>: the map with keys and values exchanged.</summary>
public sealed class MapReplace(FunctionCall call) : Function(call)
{
    private const string Usage = "the arguments must be a list [map, {keys: map, values: map}].";
    private readonly Expression _arguments = call.Argument;

    public static FunctionDefinition Definition { get; } = new("map_replace", HotVersion.Newton, call => new MapReplace(call));

    public override Value? Evaluate(IScope scope)
    {
        if (_arguments.Resolve(scope) is not { } arguments)
            return null;
        if (arguments is not ListValue { Items: [var first, var second] } || Map(first) is not { } map || Map(second) is not { } replacements
            || replacements.Keys.Any(key => key is not ("keys" or "values"))
            || Map(replacements["keys"] ?? Value.Null) is not { } keys || Map(replacements["values"] ?? Value.Null) is not { } values)
        {
            return Fail(scope, Usage);
        }

        return Replace(scope, map, keys, values);
    }

    private MapValue? Replace(IScope scope, MapValue map, MapValue keys, MapValue values)
    {
        var result = new List<KeyValuePair<string, Value>>(map.Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            var renamed = keys[key] is { } other and not NullValue ? PythonText.Str(other) : null;
            if (renamed is not null && renamed != key && map.ContainsKey(renamed))
                return Collide(scope, renamed, "input");
            if (renamed is not null && taken.Contains(renamed))
                return Collide(scope, renamed, "output");
            var exchanged = value is StringValue text ? values[text.Text] ?? value : value;
            taken.Add(renamed ?? key);
            result.Add(new(renamed ?? key, exchanged));
        }

        return new MapValue(result);
    }

    private static MapValue? Map(Value value) => value is NullValue ? MapValue.Empty : value as MapValue;

    private MapValue? Collide(IScope scope, string key, string where)
    {
        Fail(scope, $"the new key '{key}' is already in the {where} map.");
        return null;
    }
}
