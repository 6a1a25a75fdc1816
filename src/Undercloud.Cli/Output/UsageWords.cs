using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Undercloud.Cli.Output;

/// <summary>The errors of the command line parser without the runtime's type names.</summary>
internal static partial class UsageWords
{
    /// <summary>The error as a message for the operator.</summary>
    public static string Of(string message) => Unparsed().Replace(message, found =>
        $"{found.Groups["name"].Value} takes {(found.Groups["type"].Value is "Int32" or "Int64" ? "a whole number" : found.Groups["type"].Value is "Boolean" ? "true or false" : "a number")}, not '{found.Groups["value"].Value}'.");

    /// <summary>The command line that prints the help for what was typed, e.g. undercloud sandbox create --help.</summary>
    /// <param name="parsed">What was typed.</param>
    public static string HelpFor(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Parent: not null } command; at = at.Parent)
            names.Push(command.Command.Name);
        return string.Join(' ', ["undercloud", .. names, "--help"]);
    }

    [GeneratedRegex(@"\ACannot parse argument '(?<value>.*)' for (option|command) '(?<name>[^']*)' as expected type 'System\.(Nullable`1\[+System\.)?(?<type>\w+)[^']*'\.?\z", RegexOptions.Singleline)]
    private static partial Regex Unparsed();
}
