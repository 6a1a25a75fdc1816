using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Functions;

/// <summary><c>map_merge: [map, …]</c>: one map of all maps, merged at the top level only; later entries win and keep the first one's place.</summary>
public sealed class MapMerge(FunctionCall call) : Function(call)
{
    private readonly Expression _maps = call.Argument;

    public static FunctionDefinition Definition { get; } = new("map_merge", HotVersion.V20160408, call => new MapMerge(call));

    public override Value? Evaluate(IScope scope)
    {
        if (_maps.Resolve(scope) is not { } argument)
            return null;
        // Python: an empty string is an empty sequence of maps.
        if (argument is StringValue { Text: "" })
            return MapValue.Empty;
        if (argument is not ListValue maps)
            return Fail(scope, $"the argument must be a list of maps, not {argument.TypeName}.");
        if (maps.Items.FirstOrDefault(item => item is not (MapValue or NullValue)) is { } wrong)
            return Fail(scope, $"only maps can be merged, not {wrong.TypeName} {wrong}.");
        var items = maps.Items.OfType<MapValue>().Where(map => map.Count > 0).ToList();
        return items is [var only] ? only
            : scope.Spend(items.Sum(map => (long)map.Count), this) ? new MapValue(items.SelectMany(map => map.Entries))
            : null;
    }
}
