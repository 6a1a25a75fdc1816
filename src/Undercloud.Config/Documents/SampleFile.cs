using System.Text;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The sample undercloud.conf: every option of the table, commented out, with its documentation.</summary>
public static class SampleFile
{
    private const string Head =
        "undercloud.conf: every option, commented out, with its default. To set one, take the # before its name away and write another value. "
        + "A comment needs a line of its own; an indented line continues the value above it.";

    /// <summary>The file's text.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        Comment(text, Head);
        string? section = null;
        foreach (var topic in UndercloudOptions.Topics)
        {
            if (topic.Options[0].Group != section)
                text.Append($"\n[{section = topic.Options[0].Group}]\n");
            text.Append($"\n#\n# {topic.Title}\n#\n");
            foreach (var option in topic.Options)
                Option(text, option);
        }

        return text.ToString();
    }

    private static void Option(StringBuilder text, ConfigOption option)
    {
        text.Append('\n');
        Comment(text, $"{option.Help} ({OptionText.Type(option)})");
        if (OptionText.Allowed(option) is { } allowed)
            Comment(text, $"Allowed: {allowed}");
        if (OptionText.FormerNames(option) is { IsEmpty: false } names)
            Comment(text, $"Former {(names.Length == 1 ? "name" : "names")}: {string.Join(", ", names)}");
        foreach (var former in option.FormerDefaults)
            Comment(text, $"Default in {ConfigReleases.Text(former.Releases)}: {OptionText.Default(option, former.Default)}");
        if (option.ReplacedBy is { } replacement)
            Comment(text, $"On its way out. Write {replacement}.");
        if (option.Note is { } note)
            Comment(text, note);
        if (option.Effect == OptionEffect.Planned)
            Comment(text, "Not in effect yet.");
        if (option.Effect == OptionEffect.None)
            Comment(text, $"No effect: {option.Reason} {option.Instead}");
        text.Append('#').Append(OsloConfigWriter.Assignment(option.Name, Default(option)));
    }

    private static string Default(ConfigOption option) =>
        option.IsSecret || option.Default is NullValue ? "" : option.Type.Write(option.Default);

    private static void Comment(StringBuilder text, string comment)
    {
        foreach (var line in CommentLines.Of(comment))
            text.Append(line).Append('\n');
    }
}
