using System.Text.RegularExpressions;

namespace Undercloud.Cli.Output;

/// <summary>What the parser of the command line says, without the runtime's names of types.</summary>
internal static partial class UsageWords
{
    /// <summary>The text as an operator is told it.</summary>
    public static string Of(string message) => Unparsed().Replace(message, found =>
        $"{found.Groups["name"].Value} takes {(found.Groups["type"].Value is "Int32" or "Int64" ? "a whole number" : found.Groups["type"].Value is "Boolean" ? "true or false" : "a number")}, not '{found.Groups["value"].Value}'.");

    [GeneratedRegex(@"\ACannot parse argument '(?<value>.*)' for (option|command) '(?<name>[^']*)' as expected type 'System\.(Nullable`1\[+System\.)?(?<type>\w+)[^']*'\.?\z", RegexOptions.Singleline)]
    private static partial Regex Unparsed();
}
