using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands;

/// <summary>A migration's report. It shows no values of the file, so it holds no secret.</summary>
internal static class MigrationView
{
    public static void Write(TextWriter output, MigrationResult result, string format)
    {
        if (format != "table")
        {
            output.Write(DataOutput.Text(new ListValue([.. result.Options.Select(Data)]), format));
            return;
        }

        if (result.Options.IsEmpty)
            return;
        TextTable.Write(output, ["Line", "Option", "New home", "Effect", "Default"], result.Options.Select(Row));
        var remarks = result.Options.Where(row => row.Remark is not null).ToList();
        if (remarks.Count > 0)
            output.WriteLine();
        foreach (var row in remarks)
            output.WriteLine($"{(row.Line is { } line ? $"line {line}, " : "")}{row.Name}: {row.Remark}");
    }

    /// <summary>What was taken for what, what was written, and whether the new file is right.</summary>
    public static void Summary(TextWriter output, MigrationResult result, string path, string text, string? target, string home)
    {
        output.WriteLine(result.IsMigrated
            ? $"{path} is the result of a migration already."
            : $"{path} is taken for a file of {ConfigReleases.Text(result.Release)}. If it is another release's, say so with --from.");
        output.WriteLine(
            result.Text == text ? "Nothing has to change in it." + (target is null or "-" ? "" : $" {target} is the same.")
            : target is null ? "Nothing is written: name the new file with -o FILE."
            : target == "-" ? "" : $"{target} is written.");
        var found = new DiagnosticBag();
        UndercloudConfig.Read(result.Text, target ?? path, home, found);
        var errors = found.All.Count(finding => finding.Severity == Severity.Error);
        if (errors > 0)
            output.WriteLine($"The new file has {FindingOutput.Count(errors, "error")}: see `undercloud config validate --conf {(target is null or "-" ? "FILE" : target)}`.");
    }

    private static string[] Row(MigratedOption row) =>
    [
        row.Line?.ToString() ?? "-", Name(row), Home(row), Effect(row),
        row.FormerDefault is { } former ? $"was {OptionText.Default(row.Option!, former.Default)}, now {OptionText.Default(row.Option!)}" : "",
    ];

    private static string Name(MigratedOption row) => row.Section == OsloConfigFile.DefaultSection ? row.Name : $"{row.Name} in [{row.Section}]";

    private static string Home(MigratedOption row) => row.Fate switch
    {
        MigrationFate.Kept => "as it is",
        MigrationFate.DefaultChanged => "not set; former default as a comment",
        _ => row.Home ?? "as a comment",
    };

    private static string Effect(MigratedOption row) => row.Fate switch
    {
        MigrationFate.Unknown => "none: unknown",
        MigrationFate.Overridden => "none: set again",
        _ => row.Option?.Effect switch
        {
            OptionEffect.Applied => "yes",
            OptionEffect.Planned => "not yet",
            _ => "none",
        },
    };

    private static Value Data(MigratedOption row) => new MapValue(
    [
        new("section", row.Section),
        new("option", row.Name),
        new("line", row.Line is { } line ? line : Value.Null),
        new("outcome", Outcome(row.Fate)),
        new("home", row.Home is { } home ? home : Value.Null),
        new("effect", row.Option is { } option ? option.Effect.ToString().ToLowerInvariant() : "none"),
        new("parameters", new ListValue([.. row.Option is { } owner ? OptionText.Parameters(owner).Select(name => (Value)name) : []])),
        new("former_default", row.FormerDefault is { } former ? former.Default : Value.Null),
        new("default_changed", row.FormerDefault is not null),
        new("remark", row.Remark is { } remark ? remark : Value.Null),
    ]);

    private static string Outcome(MigrationFate fate) => fate switch
    {
        MigrationFate.WithoutEffect => "without effect",
        MigrationFate.DefaultChanged => "default changed",
        _ => fate.ToString().ToLowerInvariant(),
    };
}
