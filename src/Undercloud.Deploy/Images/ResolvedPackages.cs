using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Undercloud.Deploy.Images;

/// <summary>The packages and versions that apt would install, read from a simulated run.</summary>
public sealed partial record ResolvedPackages(ImmutableArray<string> NameVersions)
{
    /// <summary>16 hexadecimal digits for this set of packages and versions.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', NameVersions))))[..16];

    /// <summary>Reads <c>apt-get -s</c>: lines such as <c>Inst adduser [3.133] (3.134 Debian:12.1/stable [all])</c>.</summary>
    public static ResolvedPackages Read(string simulation) => new(
    [
        .. Installed().Matches(simulation).Select(line => $"{line.Groups[1].Value}={line.Groups[2].Value}").Order(StringComparer.Ordinal),
    ]);

    [GeneratedRegex(@"^Inst (\S+) (?:\[[^\]]*\] )?\((\S+)", RegexOptions.Multiline)]
    private static partial Regex Installed();
}
