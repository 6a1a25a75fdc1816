using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Cli.Commands.Configuration;

/// <summary>The report of a migration. It shows no values of the file, so it holds no secrets.</summary>
internal static class MigrationView
{
    /// <summary>A line for each option of the old file.</summary>
    public static Rows<MigratedOption> Rows { get; } = new(
        new("line", "Line", row => row.Line is { } line ? line : Value.Null) { Text = row => row.Line?.ToString() ?? "-" },
        new("section", "Section", row => row.Section) { Place = ColumnPlace.Data },
        new("option", "Option", row => row.Name) { Text = Name },
        new("outcome", "Outcome", row => Outcome(row.Fate)) { Place = ColumnPlace.Data },
        new("home", "New home", row => row.Home is { } home ? home : Value.Null) { Text = Home },
        new("effect", "Effect", row => row.Option is { } option ? option.Effect.ToString().ToLowerInvariant() : "none") { Text = Effect },
        new("parameters", "Parameters", row => new ListValue([.. row.Option is { } owner ? OptionText.Parameters(owner).Select(name => (Value)name) : []])) { Place = ColumnPlace.Data },
        new("former_default", "Default", row => row.FormerDefault is { } former ? former.Default : Value.Null)
        {
            Text = row => row.FormerDefault is { } former ? $"was {OptionText.Default(row.Option!, former.Default)}, now {OptionText.Default(row.Option!)}" : "",
        },
        new("default_changed", "Default changed", row => row.FormerDefault is not null) { Place = ColumnPlace.Data },
        new("remark", "Remark", row => row.Remark is { } remark ? remark : Value.Null) { Place = ColumnPlace.Data });

    public static void Write(TextWriter output, MigrationResult result, RowChoice choice)
    {
        if (!result.Options.IsEmpty || !choice.IsTable)
            Rows.Write(output, result.Options, choice);
        if (!choice.IsTable || !choice.Columns.IsEmpty)
            return;
        var remarks = result.Options.Where(row => row.Remark is not null).ToList();
        if (remarks.Count > 0)
            output.WriteLine();
        foreach (var row in remarks)
            output.WriteLine($"{(row.Line is { } line ? $"line {line}, " : "")}{row.Name}: {row.Remark}");
    }

    /// <summary>The release of the old file, what was written, and whether the new file has errors.</summary>
    public static void Summary(TextWriter output, MigrationResult result, string path, string text, string? target, string home)
    {
        output.WriteLine(result.IsMigrated
            ? $"{path} is the result of a migration already."
            : $"{path} is read as a file of {ConfigReleases.Text(result.Release)}. If it is of another release, name it with --from.");
        output.WriteLine(
            result.Text == text ? "The file needs no change." + (target is null or "-" ? "" : $" {target} is the same.")
            : target is null ? "Nothing is written: name the new file with -o FILE."
            : target == "-" ? "" : $"{target} is written.");
        var found = new DiagnosticBag();
        UndercloudConfig.Read(result.Text, target ?? path, home, found);
        var errors = found.All.Count(finding => finding.Severity == Severity.Error);
        if (errors > 0)
            output.WriteLine($"The new file has {FindingOutput.Count(errors, "error")}: see `undercloud config validate --conf {(target is null or "-" ? "FILE" : target)}`.");
    }

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

    private static string Outcome(MigrationFate fate) => fate switch
    {
        MigrationFate.WithoutEffect => "without effect",
        MigrationFate.DefaultChanged => "default changed",
        _ => fate.ToString().ToLowerInvariant(),
    };
}
