using System.Collections.Immutable;
using Undercloud.Cli.Output;
using Undercloud.Deploy.Diffs;
using Undercloud.Heat.Analysis;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Cli.Commands.Templates;

/// <summary>Differences of values, as <c>template diff</c> prints them.</summary>
internal static class DifferenceText
{
    private const int LongestInline = 80;

    public static void Write(ImmutableArray<ValueDifference> differences, ValueMask mask, string format)
    {
        if (format != "table")
        {
            DataOutput.Write(new ListValue([.. differences.Select(difference => Data(difference, mask))]), format);
            return;
        }

        foreach (var difference in differences)
            Console.Out.Write(Lines(difference, mask));
    }

    private static MapValue Data(ValueDifference difference, ValueMask mask)
    {
        var entries = new List<KeyValuePair<string, Value>> { new("change", difference.Kind.ToString().ToLowerInvariant()), new("path", mask.Apply(difference.PathText)) };
        if (difference.Old is { } old)
            entries.Add(new("old", mask.Apply(old)));
        if (difference.New is { } @new)
            entries.Add(new("new", mask.Apply(@new)));
        return new(entries);
    }

    private static string Lines(ValueDifference difference, ValueMask mask)
    {
        var path = mask.Apply(difference.PathText);
        var (old, @new) = (difference.Old is { } before ? mask.Apply(before) : null, difference.New is { } after ? mask.Apply(after) : null);
        return (old, @new) switch
        {
            (null, { } added) => $"+ {path}:{OneSide(added)}",
            ({ } removed, null) => $"- {path}:{OneSide(removed)}",
            _ when old!.Equals(@new) => $"~ {path}: *** (a secret has changed)\n",
            (StringValue was, StringValue now) when IsLong(was) || IsLong(now) => $"~ {path}:\n{Hunks(was.Text, now.Text)}",
            _ when Inline(old!) is { } was && Inline(@new!) is { } now && was.Length + now.Length <= LongestInline => $"~ {path}: {was} -> {now}\n",
            _ when Scalar(old!) is { } was && Scalar(@new!) is { } now => $"~ {path}:\n    - {was}\n    + {now}\n",
            _ => $"~ {path}:\n{Hunks(YamlWriter.Write(old!), YamlWriter.Write(@new!))}",
        };
    }

    private static bool IsLong(StringValue text) => text.Text.Contains('\n');

    private static string OneSide(Value value) => Inline(value) is { Length: <= LongestInline } line ? $" {line}\n" : "\n" + Indented(YamlWriter.Write(value));

    // On one line in YAML, so that yes and "yes" differ.
    private static string? Inline(Value value) => value switch
    {
        StringValue { Text: var text } => text.Contains('\n') ? null : YamlWriter.Scalar(text),
        MapValue { Count: > 0 } or ListValue { Items.IsEmpty: false } => CanonicalJson.Write(value),
        _ => YamlWriter.Write(value).TrimEnd('\n'),
    };

    private static string? Scalar(Value value) => value is MapValue or ListValue ? null : Inline(value);

    // The unified diff without the lines that name files.
    private static string Hunks(string old, string @new) =>
        Indented(string.Join('\n', UnifiedDiff.Between("", old, @new).Split('\n').Skip(2)));

    private static string Indented(string text) => string.Concat(text.TrimEnd('\n').Split('\n').Select(line => $"    {line}\n"));
}
