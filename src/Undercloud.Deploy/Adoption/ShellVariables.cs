using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Undercloud.Deploy.Adoption;

/// <summary>The variables that a file of shell commands sets to plain texts, such as ~/stackrc. Commands and references in values are not run.</summary>
public static partial class ShellVariables
{
    /// <summary>Name → value; of repeated assignments the last one.</summary>
    public static ImmutableDictionary<string, string> Of(string text)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (Match match in Assignment().Matches(text))
            variables[match.Groups["name"].Value] = Unquoted(match.Groups["value"].Value);
        return variables.ToImmutable();
    }

    // A word is made of quoted and unquoted parts.
    private static string Unquoted(string word) => Part().Replace(word, part => part.Value switch
    {
        ['\'', .. var inner, '\''] => inner,
        ['"', .. var inner, '"'] => Escaped().Replace(inner, "$1"),
        ['\\', .. var escaped] => escaped,
        var plain => plain,
    });

    // In a value, $ and ` begin what the shell would have to run.
    [GeneratedRegex(@"^[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_]\w*)=(?<value>(?:'[^'\n]*'|""(?:[^""\\$`\n]|\\.)*""|\\.|[^\s;'""\\$`])*)(?:[ \t]+#.*|[ \t]*;.*)?[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"'[^']*'|""(?:[^""\\]|\\.)*""|\\.")]
    private static partial Regex Part();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
