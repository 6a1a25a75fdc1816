using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Reading;

/// <summary>
/// A place in a service's role data. It reads a value as the expected type; a value of another type becomes a finding that names
/// the service and the path of keys, and reading continues.
/// </summary>
internal sealed class ValueCursor(Value value, string where, DiagnosticBag diagnostics)
{
    public Value Value { get; } = value;

    public string Where { get; } = where;

    public bool IsNull => Value is NullValue;

    /// <summary>The place under a key; null (the value) when the key is missing.</summary>
    public ValueCursor this[string key] => new(Value is MapValue map ? map[key] ?? Value.Null : Value.Null, $"{Where}.{key}", diagnostics);

    /// <summary>The entries of a map; none for null.</summary>
    public IEnumerable<(string Key, ValueCursor Item)> Entries()
    {
        if (Value is MapValue map)
            return map.Entries.Select(entry => (entry.Key, new ValueCursor(entry.Value, $"{Where}.{entry.Key}", diagnostics)));
        Expect("a map");
        return [];
    }

    /// <summary>The items of a list; none for null.</summary>
    public IEnumerable<ValueCursor> Items()
    {
        if (Value is ListValue list)
            return list.Items.Select((item, index) => new ValueCursor(item, $"{Where}[{index}]", diagnostics));
        Expect("a list");
        return [];
    }

    /// <summary>The items of a list, or the value itself; none for null.</summary>
    public IEnumerable<ValueCursor> OneOrMore() => IsNull ? [] : Value is ListValue ? Items() : [this];

    public MapValue Map()
    {
        if (Value is MapValue map)
            return map;
        Expect("a map");
        return MapValue.Empty;
    }

    public ListValue List()
    {
        if (Value is ListValue list)
            return list;
        Expect("a list");
        return ListValue.Empty;
    }

    public ImmutableArray<string> Texts() => [.. Items().Select(item => item.Text())];

    /// <summary>A required string.</summary>
    public string Text()
    {
        if (OptionalText() is { } text)
            return text;
        if (IsNull)
            Fail("is missing", "Give it a string.");
        return "";
    }

    /// <summary>A required interface name. It is used in commands and in the firewall's file.</summary>
    public string Interface()
    {
        var name = Text();
        if (name.Length > 0 && HostName.ProblemOfInterface(name) is { } problem)
            Fail($"is {Value}, which {problem}", "Give the name of an interface, e.g. eth1: at most 15 characters, without blanks, quotes, '/', ':' and '*'.");
        return name;
    }

    /// <summary>A required address with its prefix length.</summary>
    public string AddressWithLength() => Checked(
        Text(), text => AddressWithPrefix.TryParse(text, out _), "is no address with a prefix length", "Write it like 192.168.24.1/24.");

    /// <summary>A required address.</summary>
    public string Address() => Checked(Text(), text => AddressWithPrefix.TryParseAddress(text, out _), "is no address", "Write it like 192.168.24.1.");

    /// <summary>A string, a number's digits, or null for null.</summary>
    public string? OptionalText()
    {
        switch (Value)
        {
            case StringValue text:
                return text.Text;
            case IntegerValue or FloatValue:
                return Value.ToString();
            default:
                Expect("a string");
                return null;
        }
    }

    public bool Flag(bool otherwise)
    {
        if (Value is BooleanValue flag)
            return flag.Flag;
        Expect("a boolean");
        return otherwise;
    }

    public int? Number()
    {
        if (Value is IntegerValue number)
            return (int)number.Number;
        Expect("an integer");
        return null;
    }

    /// <summary>A finding at this place.</summary>
    public void Fail(string what, string remedy) =>
        diagnostics.Error(null, "PLAN001", $"{Where} {what}.", remedy);

    private string Checked(string text, Func<string, bool> isRight, string problem, string remedy)
    {
        if (text.Length > 0 && !isRight(text))
            Fail($"is {Value}, which {problem}", remedy);
        return text;
    }

    private void Expect(string what)
    {
        if (!IsNull)
            Fail($"is a {Value.TypeName}", $"The service contract has {what} there.");
    }
}
