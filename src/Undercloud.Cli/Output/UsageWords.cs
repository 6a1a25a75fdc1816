using System.Text.RegularExpressions;

namespace Undercloud.Cli.Output;

/// <summary>The errors of the command line parser without the runtime's type names.</summary>
internal static partial class UsageWords
{
    /// <summary>The error as a message for the operator.</summary>
    public static string Of(string message) => Unparsed().Replace(message, found =>
        $"{found.Groups["name"].Value} takes {(found.Groups["type"].Value is "Int32" or "Int64" ? "a whole number" : found.Groups["type"].Value is "Boolean" ? "true or false" : "a number")}, not '{found.Groups["value"].Value}'.");

    [GeneratedRegex(@"\ACannot parse argument '(?<value>.*)' for (option|command) '(?<name>[^']*)' as expected type 'System\.(Nullable`1\[+System\.)?(?<type>\w+)[^']*'\.?\z", RegexOptions.Singleline)]
    private static partial Regex Unparsed();
}
