using System.Collections.Immutable;
using System.Numerics;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Containers;

/// <summary>Reads one container's keys by type. A value of the wrong type becomes a finding and the default.</summary>
internal sealed class ContainerFields(string container, MapValue config, Func<string[], SourceSpan?> locate, DiagnosticBag diagnostics)
{
    public bool Has(string key) => config.TryGet(key, out var value) && value is not NullValue;

    public string? Text(string key) => !Has(key) ? null : Scalar(key, config[key]!) is { Length: > 0 } text ? text : null;

    public bool Flag(string key, bool otherwise = false) => !Has(key) ? otherwise : config[key] switch
    {
        BooleanValue flag => flag.Flag,
        StringValue { Text: var text } when bool.TryParse(text, out var flag) => flag,
        _ => Wrong(key, "true or false", otherwise),
    };

    public long? Whole(string key) => !Has(key) ? null : config[key] switch
    {
        IntegerValue { Number: var number } when BigInteger.Abs(number) <= long.MaxValue => (long)number,
        StringValue { Text: var text } when long.TryParse(text, out var number) => number,
        _ => Wrong<long?>(key, "a whole number", null),
    };

    /// <summary>Bytes of a size; <paramref name="unlimited"/> accepts -1.</summary>
    public long? Size(string key, bool unlimited = false)
    {
        if (Text(key) is not { } text)
            return null;
        return unlimited && text == "-1" ? -1 : Measures.Bytes(text) ?? Wrong<long?>(key, "a size such as 1g or 1073741824", null);
    }

    public int? Duration(string key) =>
        Text(key) is not { } text ? null : Measures.Seconds(text) ?? Wrong<int?>(key, "a duration such as 30, 90s or 1m30s", null);

    /// <summary>A list, or one text for a list of one; empty entries are dropped.</summary>
    public ImmutableArray<string> Sequence(string key)
    {
        if (!Has(key))
            return [];
        var items = config[key] is ListValue list ? list.Items : [config[key]!];
        return [.. items.Where(item => item is not NullValue).Select(item => Scalar(key, item)).OfType<string>().Where(text => text.Length > 0)];
    }

    /// <summary>A list whose order and duplicates are irrelevant, each entry in its normal form; a map is read as <c>key separator value</c>.</summary>
    public ImmutableArray<string> Set(string key, Func<string, string>? normal = null, string separator = "=")
    {
        var items = Has(key) && config[key] is MapValue map
            ? [.. map.Entries.Select(entry => Scalar(key, entry.Value) is { } value ? $"{entry.Key}{separator}{value}" : null).OfType<string>()]
            : Sequence(key);
        return [.. items.Select(item => normal is null ? item : normal(item)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>A list of words unchanged, or a text split as a shell would.</summary>
    public ImmutableArray<string> Words(string key)
    {
        if (!Has(key))
            return [];
        if (config[key] is ListValue list)
            return [.. list.Items.Select(item => Scalar(key, item)).OfType<string>()];
        return ShellWords.Split(Scalar(key, config[key]!) ?? "") ?? Wrong<ImmutableArray<string>>(key, "a command whose quotes are closed", []);
    }

    /// <summary>
    /// A map, or a list of <c>KEY=VALUE</c>. A key without a value is empty, never inherited: a container's environment does not depend
    /// on who runs the tool.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Pairs(string key)
    {
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Has(key) && config[key] is MapValue map)
        {
            foreach (var (name, value) in map.Entries)
                pairs[name] = value is NullValue ? "" : Scalar(key, value) ?? "";
        }
        else
        {
            foreach (var item in Sequence(key))
            {
                var (name, value) = item.Split('=', 2) is [var left, var right] ? (left, right) : (item, "");
                pairs[name] = value;
            }
        }

        return pairs.ToImmutable();
    }

    /// <summary>The keys of a nested map, or null when there is none.</summary>
    public ContainerFields? Below(string key, out MapValue map)
    {
        map = MapValue.Empty;
        if (!Has(key))
            return null;
        if (config[key] is not MapValue below)
            return Wrong<ContainerFields?>(key, "a map", null);
        map = below;
        return new($"{container}.{key}", below, keys => locate([key, .. keys]), diagnostics);
    }

    /// <summary>Reports keys that nothing reads.</summary>
    public void Only(IReadOnlyCollection<string> known, string what)
    {
        foreach (var key in config.Keys.Where(key => !known.Contains(key)))
        {
            var nearest = NearestName.Of(key, known);
            diagnostics.Error(
                locate([key]), "CTR004", $"{what} '{container}' has no key '{key}'.",
                nearest is null ? $"The keys are {string.Join(", ", known.Order(StringComparer.Ordinal))}." : $"Did you mean '{nearest}'?");
        }
    }

    public void Error(string? key, string message, string? remedy = null) =>
        diagnostics.Error(locate(key is null ? [] : [key]), "CTR005", $"Container '{container}': {message}", remedy);

    public T Wrong<T>(string key, string allowed, T otherwise)
    {
        Error(key, $"'{key}' has to be {allowed}, this is {Shown(config[key]!)}.");
        return otherwise;
    }

    private static string Shown(Value value) => value switch
    {
        MapValue or ListValue => $"a {value.TypeName}",
        StringValue text => $"'{text.Text}'",
        _ => value.ToString(),
    };

    // Numbers and booleans in the form of Python's str(), which paunch passed on.
    private string? Scalar(string key, Value value) => value switch
    {
        StringValue text => text.Text,
        IntegerValue number => number.Number.ToString(),
        FloatValue number => number.Number.ToString("R"),
        BooleanValue flag => flag.Flag ? "True" : "False",
        NullValue => "",
        _ => Wrong<string?>(key, "text, a number or a list of them", null),
    };
}
