using Undercloud.Heat.Values;

namespace Undercloud.Heat.Resources;

/// <summary>Replaces <c>{get_input: name}</c> in a structured configuration by input values; an input without a value becomes null.</summary>
/// <param name="key">The key to replace, mostly get_input.</param>
/// <param name="inputs">The values.</param>
internal sealed class InputSubstitution(string key, IReadOnlyDictionary<string, Value> inputs)
{
    /// <summary>The used inputs that have no value.</summary>
    public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);

    public Value Apply(Value value)
    {
        switch (value)
        {
            case MapValue { Entries: [{ Value: StringValue { Text: var name } } only] } when only.Key == key:
                if (inputs.TryGetValue(name, out var input))
                    return input;
                Missing.Add(name);
                return Value.Null;
            case MapValue map:
                return new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Apply(entry.Value))));
            case ListValue list:
                return new ListValue([.. list.Items.Select(Apply)]);
            default:
                return value;
        }
    }
}
