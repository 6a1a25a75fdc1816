using System.Collections.Immutable;
using System.Text;

namespace Undercloud.Config;

/// <summary>The configuration reference in Markdown: every option of the table with all of its data.</summary>
public static class ReferencePage
{
    private const string Head = """
        # Reference of undercloud.conf

        Every option that instack-undercloud (pike, queens) or python-tripleoclient (queens to wallaby) had. How the file is written, checked
        and migrated is in [configuration.md](configuration.md); what became of each option of instack-undercloud is also listed in
        [from-instack.md](from-instack.md). All options, commented out, are in [undercloud.conf.sample](undercloud.conf.sample).

        *Generated from the option table by `undercloud config reference`; do not edit.*


        """;

    /// <summary>The page.</summary>
    public static string Write()
    {
        var text = new StringBuilder(Head);
        Overview(text);
        foreach (var topic in UndercloudOptions.Topics)
        {
            text.Append($"\n## {topic.Title}\n\n{Place(topic)}\n");
            foreach (var option in topic.Options)
                Option(text, option);
        }

        return text.ToString();
    }

    private static void Overview(StringBuilder text)
    {
        text.Append("| section | topic | options |\n|---|---|---|\n");
        foreach (var topic in UndercloudOptions.Topics)
        {
            var links = topic.Options.Select(option => $"[{option.Name}](#{Markdown.Anchor(option.Name)})");
            text.Append($"| `[{topic.Options[0].Group}]` | {topic.Title} | {string.Join(", ", links)} |\n");
        }
    }

    private static string Place(OptionTopic topic) => topic.Options[0].Group switch
    {
        KnownOptions.SubnetSection =>
            "In a section of its own for each name in `subnets`, which is `[ctlplane-subnet]` when nothing is set. The defaults are those of the "
            + "local subnet; the others have none.",
        KnownOptions.AuthSection => "In `[auth]`. A password that is not set is generated.",
        var section => $"In `[{section}]`.",
    };

    private static void Option(StringBuilder text, ConfigOption option)
    {
        text.Append($"\n### `{option.Name}`\n\n{option.Help}");
        if (option.Note is { } note)
            text.Append($" {note}");
        text.Append("\n\n");
        Fact(text, "Type", OptionText.Allowed(option) is { } allowed ? $"{OptionText.Type(option)} ({allowed})" : OptionText.Type(option));
        Fact(text, "Default", Markdown.Value(OptionText.Default(option)));
        foreach (var former in option.FormerDefaults)
            Fact(text, "Former default", $"{Markdown.Value(OptionText.Default(option, former.Default))} ({ConfigReleases.Text(former.Releases)})");
        if (OptionText.FormerNames(option) is { IsEmpty: false } names)
            Fact(text, names.Length == 1 ? "Former name" : "Former names", Names(names));
        Fact(text, "Releases", option.Releases == ConfigRelease.All ? "all" : ConfigReleases.Text(option.Releases));
        if (option.ReplacedBy is { } replacement)
            Fact(text, "Replaced by", replacement);
        Fact(text, "Effect", OptionText.Effect(option, Markdown.Code));
    }

    private static string Names(ImmutableArray<string> names) =>
        string.Join(", ", names.Select(name => name.Split(' ', 2) is [var first, var rest] ? $"`{first}` {rest}" : $"`{name}`"));

    private static void Fact(StringBuilder text, string name, string value) => text.Append($"- {name}: {value}\n");
}
