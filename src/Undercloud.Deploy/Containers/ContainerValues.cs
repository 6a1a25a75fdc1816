using System.Collections.Immutable;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Containers;

/// <summary>The kinds of values in a container's configuration.</summary>
internal static class ContainerValues
{
    /// <summary>A text, number or boolean in the form of Python's <c>str()</c>, which paunch passed on; null for null and for an empty text.</summary>
    public static string? Word(this ValueCursor value) => value.IsNull ? null : Scalar(value) is { Length: > 0 } text ? text : null;

    /// <summary>Bytes of a size; <paramref name="unlimited"/> accepts -1.</summary>
    public static long? Size(this ValueCursor value, bool unlimited = false)
    {
        if (value.Word() is not { } text)
            return null;
        return unlimited && text == "-1" ? -1 : Measures.Bytes(text) ?? value.MustBe<long?>("a size such as 1g or 1073741824", null);
    }

    /// <summary>Whole seconds.</summary>
    public static int? Duration(this ValueCursor value) =>
        value.Word() is not { } text ? null : Measures.Seconds(text) ?? value.MustBe<int?>("a duration such as 30, 90s or 1m30s", null);

    /// <summary>A list, or one text for a list of one; empty entries are dropped.</summary>
    public static ImmutableArray<string> Sequence(this ValueCursor value) => [.. value.OneOrMore().Select(Word).OfType<string>()];

    /// <summary>A list whose order and duplicates are irrelevant, each entry in its normal form; a map is read as <c>key separator value</c>.</summary>
    public static ImmutableArray<string> Set(this ValueCursor value, Func<string, string>? normal = null, string separator = "=")
    {
        var items = value.Value is MapValue
            ? value.Entries().Where(entry => Scalar(entry.Item) is not null).Select(entry => $"{entry.Key}{separator}{Scalar(entry.Item)}")
            : value.Sequence();
        return [.. items.Select(item => normal is null ? item : normal(item)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>A list of words unchanged, or a text split as a shell would.</summary>
    public static ImmutableArray<string> Words(this ValueCursor value) => value.Value is ListValue
        ? [.. value.Items().Select(Scalar).OfType<string>()]
        : ShellWords.Split(value.Word() ?? "") ?? value.MustBe<ImmutableArray<string>>("a command whose quotes are closed", []);

    /// <summary>
    /// A map, or a list of <c>KEY=VALUE</c>. A key without a value is empty, never inherited: a container's environment does not depend
    /// on who runs the tool.
    /// </summary>
    public static ImmutableSortedDictionary<string, string> Pairs(this ValueCursor value)
    {
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var items = value.Value is MapValue
            ? value.Entries().Select(entry => (entry.Key, Value: Scalar(entry.Item) ?? ""))
            : value.Sequence().Select(item => item.Split('=', 2) is [var name, var text] ? (name, text) : (item, ""));
        foreach (var (name, text) in items)
            pairs[name] = text;
        return pairs.ToImmutable();
    }

    private static string? Scalar(ValueCursor value) => value.Value switch
    {
        NullValue => "",
        MapValue or ListValue => value.MustBe<string?>("text, a number or a list of them", null),
        _ => PythonText.Str(value.Value),
    };
}
