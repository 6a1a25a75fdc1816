using System.Text;

namespace Undercloud.Config;

/// <summary>The guide from instack-undercloud in Markdown: one row for each of its options.</summary>
public static class FromInstackPage
{
    private const string Head = """
        # From instack-undercloud

        What became of each option of instack-undercloud pike and queens. The file keeps its name and its format, and
        `undercloud config migrate` makes the new one of the old one:

        ```
        undercloud config migrate old-undercloud.conf -o undercloud.conf
        undercloud config validate --conf undercloud.conf
        ```

        It lists every option it found with its new home, its effect, and the default where that changed. Options that have no effect are
        commented out with the reason; nothing is lost, and your comments stay. The old file works unchanged too: former names and pike's
        network options in `[DEFAULT]` are still read, with a warning each.

        The passwords that instack-undercloud generated are in `~/undercloud-passwords.conf`, an `[auth]` section. The first run takes them
        over from there; later runs have them in `~/tripleo-undercloud-passwords.yaml`. What `[auth]` of undercloud.conf sets wins over both.

        *Generated from the option table by `undercloud config reference --from-instack`; do not edit.*

        """;

    /// <summary>The page.</summary>
    public static string Write()
    {
        var text = new StringBuilder(Head);
        foreach (var topic in UndercloudOptions.Topics)
        {
            var options = topic.Options.Where(WasInInstack).ToArray();
            if (options.Length == 0)
                continue;
            text.Append($"\n## {topic.Title}\n\n| option | what it does | now | effect | changed default |\n|---|---|---|---|---|\n");
            foreach (var option in options)
                Row(text, option);
        }

        return text.ToString();
    }

    /// <summary>Whether instack-undercloud had the option, under any name.</summary>
    public static bool WasInInstack(ConfigOption option) => (option.Releases & ConfigRelease.Instack) != 0;

    private static void Row(StringBuilder text, ConfigOption option)
    {
        string[] cells =
        [
            Names(option), option.Help + (option.Note is { } note ? $" {note}" : ""), Home(option),
            OptionText.Effect(option, Markdown.Code), ChangedDefault(option),
        ];
        text.Append($"| {string.Join(" | ", cells.Select(Markdown.Cell))} |\n");
    }

    private static string Names(ConfigOption option) => string.Join("; ", OptionText.FormerNames(option)
        .Select(name => name.Split(' ', 2) is [var first, var rest] ? $"`{first}` {rest}" : $"`{name}`")
        .Prepend($"`{option.Name}`{(option.Group == OsloConfigFile.DefaultSection ? "" : $" in `[{option.Group}]`")}"));

    private static string Home(ConfigOption option) =>
        option.Effect == OptionEffect.None ? "—"
        : option.ReplacedBy is { } replacement ? replacement
        : OptionText.FormerNames(option).IsEmpty ? "unchanged"
        : $"`{option.Name}` in `[{option.Group}]`";

    private static string ChangedDefault(ConfigOption option)
    {
        var changes = option.FormerDefaults
            .Where(former => (former.Releases & ConfigRelease.Instack) != 0)
            .Select(former => $"{ConfigReleases.Text(former.Releases & ConfigRelease.Instack)}: {Markdown.Value(OptionText.Default(option, former.Default))}; "
                + $"now: {Markdown.Value(OptionText.Default(option))}");
        return string.Join("; ", changes) is { Length: > 0 } text && option.Effect != OptionEffect.None ? text : "—";
    }
}
