using System.Reflection;
using System.Text.RegularExpressions;
using Undercloud.Config;

namespace Undercloud.Tests.Config.Checks;

public sealed class FindingsReferenceTests
{
    private static readonly string s_text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "findings.md"));

    private static IEnumerable<string> Codes =>
        typeof(ConfigCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetRawConstantValue()!);

    [Fact]
    public void Every_code_has_its_row_and_no_other() => Assert.Equal(Codes.Order(StringComparer.Ordinal),
        Regex.Matches(s_text, @"^\| (CFG\d+) \| (error|warning|error, warning) \| ", RegexOptions.Multiline).Select(row => row.Groups[1].Value)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Codes_are_unique_and_in_order() => Assert.Equal(Codes.Distinct().Order(StringComparer.Ordinal), Codes);

    [Fact]
    public void Every_option_it_names_is_one()
    {
        var known = KnownOptions.Default.Concat(KnownOptions.Subnet).Concat(KnownOptions.Auth).Append(KnownOptions.SubnetSection).ToHashSet();
        var named = Regex.Matches(s_text, "`([a-z0-9]+(?:_[a-z0-9]+)+)(?: = [^`]*)?`").Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count > 20);
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Its_example_is_what_is_printed() => Assert.Contains(
        Findings.Only("[DEFAULT]\nlocal_ip = 10.0.0.1/24\nundercloud_public_host = 10.0.0.2\nundercloud_admin_host = 10.0.0.3\n")
            .Replace("f:2", "undercloud.conf:2", StringComparison.Ordinal),
        s_text, StringComparison.Ordinal);
}
