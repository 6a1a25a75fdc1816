using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Reading;

/// <summary>
/// A value in a tree with its path of keys. It is read as the expected type; a value of another type becomes a finding with place, path and what
/// was expected, and reading continues. A missing value is null.
/// </summary>
internal sealed class ValueCursor
{
    private const int Shown = 60;
    private readonly TreeFindings _findings;
    private readonly ImmutableArray<string> _keys;

    /// <summary>The root of a tree.</summary>
    /// <param name="value">The value.</param>
    /// <param name="where">What the value is in messages, e.g. <c>keystone</c>; empty where the path alone says it. After a text that ends with a blank, the path follows without a dot.</param>
    /// <param name="findings">Receives the findings.</param>
    public ValueCursor(Value value, string where, TreeFindings findings)
        : this(value, where, findings, [])
    {
    }

    private ValueCursor(Value value, string where, TreeFindings findings, ImmutableArray<string> keys)
    {
        Value = value;
        Where = where;
        _findings = findings;
        _keys = keys;
    }

    public Value Value { get; }

    public string Where { get; }

    public bool IsNull => Value is NullValue;

    /// <summary>Null or an empty string.</summary>
    public bool IsEmpty => Value is NullValue or StringValue { Text: "" };

    /// <summary>The place of the value; that of the enclosing one when it is missing; null where places are unknown.</summary>
    public SourceSpan? Place => _findings.PlaceOf(_keys);

    /// <summary>The place of the value's key.</summary>
    public SourceSpan? KeyPlace => _findings.PlaceOf(_keys, ofKey: true);

    /// <summary>The value under a key; null (the value) when the key is missing.</summary>
    public ValueCursor this[string key] => new(
        Value is MapValue map ? map[key] ?? Value.Null : Value.Null, Where is "" or [.., ' '] ? $"{Where}{key}" : $"{Where}.{key}", _findings, _keys.Add(key));

    /// <summary>The same value, called otherwise in messages.</summary>
    public ValueCursor Named(string where) => new(Value, where, _findings, _keys);

    /// <summary>The entries of a map; none for null.</summary>
    public IEnumerable<(string Key, ValueCursor Item)> Entries() => Map().Keys.Select(key => (key, this[key]));

    /// <summary>The items of a list; none for null.</summary>
    public IEnumerable<ValueCursor> Items() =>
        List().Items.Select((item, index) => new ValueCursor(item, $"{Where}[{index}]", _findings, _keys.Add(index.ToString(CultureInfo.InvariantCulture))));

    /// <summary>The items of a list, or the value itself; none for null.</summary>
    public IEnumerable<ValueCursor> OneOrMore() => IsNull ? [] : Value is ListValue ? Items() : [this];

    /// <summary>A map; empty for null.</summary>
    public MapValue Map() => Value as MapValue ?? Expect("a map", MapValue.Empty);

    /// <summary>A list; empty for null.</summary>
    public ListValue List() => Value as ListValue ?? Expect("a list", ListValue.Empty);

    /// <summary>A list of strings; empty for null.</summary>
    public ImmutableArray<string> Texts() => [.. Items().Select(item => item.Text())];

    /// <summary>A required string; empty when it is missing or wrong.</summary>
    public string Text()
    {
        if (IsNull)
            Missing("Give it a string.");
        return OptionalText() ?? "";
    }

    /// <summary>A string, a number's digits, or null for null.</summary>
    public string? OptionalText() => Value switch
    {
        StringValue text => text.Text,
        IntegerValue or FloatValue => Value.ToString(),
        _ => Expect<string?>("a string", null),
    };

    /// <summary>A string that is checked; null for null, and for a wrong one.</summary>
    /// <param name="problem">What is wrong with a string, e.g. "is no address"; null for a good one.</param>
    /// <param name="remedy">What to write.</param>
    public string? Checked(Func<string, string?> problem, string remedy)
    {
        if (OptionalText() is not { } text || problem(text) is not { } wrong)
            return OptionalText();
        Fail($"is {Abridged()}, which {wrong}", remedy);
        return null;
    }

    /// <summary>A required interface name. It is used in commands and in the firewall's file.</summary>
    public string Interface() => Required(
        text => HostName.ProblemOfInterface(text), "Give the name of an interface, e.g. eth1: at most 15 characters, without blanks, quotes, '/', ':' and '*'.");

    /// <summary>A required address with its prefix length.</summary>
    public string AddressWithLength() => Required(
        text => AddressWithPrefix.TryParse(text, out _) ? null : "is no address with a prefix length", "Write it like 192.168.24.1/24.");

    /// <summary>A required address.</summary>
    public string Address() => Required(text => AddressWithPrefix.TryParseAddress(text, out _) ? null : "is no address", "Write it like 192.168.24.1.");

    /// <summary>A boolean, or its name as a string; <paramref name="otherwise"/> for null.</summary>
    public bool Flag(bool otherwise = false) => Value switch
    {
        BooleanValue flag => flag.Flag,
        StringValue { Text: var text } when bool.TryParse(text, out var flag) => flag,
        NullValue => otherwise,
        _ => MustBe("true or false", otherwise),
    };

    /// <summary>A whole number, or its digits as a string; null for null.</summary>
    public long? Whole(long least = long.MinValue, long most = long.MaxValue)
    {
        if (IsNull)
            return null;
        if ((Value is IntegerValue or StringValue) && long.TryParse(OptionalText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        return MustBe<long?>(least == long.MinValue ? "a whole number" : most == long.MaxValue ? $"a whole number from {least}" : $"a whole number from {least} to {most}", null);
    }

    /// <summary>Reports the keys of a map that nothing reads.</summary>
    /// <param name="known">The keys that are read.</param>
    /// <param name="what">What the map is, e.g. "a node".</param>
    public void OnlyKeys(IReadOnlyCollection<string> known, string what)
    {
        foreach (var key in (Value as MapValue ?? MapValue.Empty).Keys.Where(key => !known.Contains(key)))
            _findings.Error(this[key].KeyPlace, $"{this[key].Where} is no key of {what}.", Suggestion.For(key, known) ?? "Leave it out.", _findings.UnknownKey);
    }

    /// <summary>A finding about this value: what is wrong, e.g. "is no address".</summary>
    public void Fail(string what, string? remedy = null) => Error($"{Where.TrimEnd()} {what}.", remedy);

    /// <summary>A finding at the place of this value.</summary>
    public void Error(string message, string? remedy = null) => _findings.Error(Place, message, remedy);

    /// <summary>A warning at the place of this value.</summary>
    public void Warning(string code, string message, string remedy) => _findings.Warning(Place, code, message, remedy);

    /// <summary>The finding that this value is missing.</summary>
    public void Missing(string remedy) => _findings.Error(Place, $"{Where} is missing.", remedy, _findings.Missing);

    /// <summary>The finding that this value is another than those allowed; <paramref name="otherwise"/> is read in its place.</summary>
    public T MustBe<T>(string allowed, T otherwise)
    {
        Fail($"must be {allowed}, not {(Value is MapValue or ListValue ? $"a {Value.TypeName}" : Abridged())}");
        return otherwise;
    }

    private string Required(Func<string, string?> problem, string remedy)
    {
        var text = Text();
        if (text.Length > 0)
            Checked(problem, remedy);
        return text;
    }

    // Not the value: it may be a secret.
    private T Expect<T>(string type, T otherwise)
    {
        if (!IsNull)
            Fail($"must be {type}, not {Value.TypeName}");
        return otherwise;
    }

    private string Abridged() => $"{Value}" is { Length: > Shown } text ? $"{text[..Shown]}…" : $"{Value}";
}
