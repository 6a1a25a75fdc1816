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
        var taken = new HashSet<Value>(PythonEquality.Comparer);
        foreach (var (key, value) in map.Entries)
        {
            var renamed = keys[key] is { } other and not NullValue ? other : (Value)key;
            if (renamed is ListValue or MapValue)
            {
                Fail(scope, $"the new key of '{key}' must be a scalar, not {renamed.TypeName}.");
                return null;
            }

            if (renamed is StringValue { Text: var text } && text != key && map.ContainsKey(text))
                return Collide(scope, text, "input");
            if (!taken.Add(renamed))
                return Collide(scope, Key(renamed), "output");
            result.Add(new(Key(renamed), value is StringValue old ? values[old.Text] ?? value : value));
        }

        return new MapValue(result);
    }

    // A key that is no string becomes one when the map is written as JSON.
    private static string Key(Value key) => key is StringValue text ? text.Text : PythonJson.Write(key);

    private static MapValue? Map(Value value) => value is NullValue ? MapValue.Empty : value as MapValue;

    private MapValue? Collide(IScope scope, string key, string where)
    {
        Fail(scope, $"the new key '{key}' is already in the {where} map.");
        return null;
    }
}
