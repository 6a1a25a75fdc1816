using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.ConfigDownload;

/// <summary>A place in a stack's outputs. A value of an unexpected type becomes a finding that names the place, and reading continues.</summary>
internal sealed class OutputNode(Value? value, string path, DiagnosticBag diagnostics)
{
    private const string Remedy = "The outputs have to be those of tripleo-heat-templates' root template, resolved without errors.";

    public string Path { get; } = path;

    public Value Value { get; } = value ?? Value.Null;

    /// <summary>Whether the place has no value, or null.</summary>
    public bool IsNull => Value is NullValue;

    /// <summary>The place under a key, whether it has a value or not.</summary>
    public OutputNode this[string key] => new((Value as MapValue)?[key], Path.Length == 0 ? key : $"{Path}.{key}", diagnostics);

    public bool Has(string key) => Value is MapValue map && map.ContainsKey(key);

    /// <summary>This place, which must have a value.</summary>
    public OutputNode Required()
    {
        if (IsNull)
            Fail("is missing or null");
        return this;
    }

    /// <summary>The list's item; a finding and null when the list is too short.</summary>
    public Value At(int index)
    {
        var list = Required().List();
        if (index < list.Items.Length)
            return list.Items[index];
        if (!IsNull)
            Fail($"has {list.Items.Length} entries where {index + 1} are needed, one for each host");
        return Value.Null;
    }

    /// <summary>The entries of a map; none for null.</summary>
    public IEnumerable<(string Key, OutputNode Item)> Entries() => Map().Entries.Select(entry => (entry.Key, this[entry.Key]));

    /// <summary>The map; an empty one for null.</summary>
    public MapValue Map()
    {
        if (Value is MapValue map)
            return map;
        Expect("a map");
        return MapValue.Empty;
    }

    /// <summary>The list; an empty one for null.</summary>
    public ListValue List()
    {
        if (Value is ListValue list)
            return list;
        Expect("a list");
        return ListValue.Empty;
    }

    /// <summary>The strings of a list; an item that is no string is dropped with a finding.</summary>
    public IEnumerable<string> Texts() =>
        List().Items.Select((item, index) => new OutputNode(item, $"{Path}[{index}]", diagnostics).Text()).OfType<string>();

    /// <summary>The string; null, with a finding, for anything else.</summary>
    public string? Text()
    {
        if (Value is StringValue text)
            return text.Text;
        Fail($"is {Kind} instead of a string");
        return null;
    }

    public void Fail(string what, string remedy = Remedy) => diagnostics.Error(null, "DOWNLOAD001", $"The output {Path} {what}.", remedy);

    private string Kind => Value switch
    {
        NullValue => "null",
        IntegerValue => "an integer",
        _ => $"a {Value.TypeName}",
    };

    private void Expect(string what)
    {
        if (!IsNull)
            Fail($"is {Kind} instead of {what}");
    }
}
