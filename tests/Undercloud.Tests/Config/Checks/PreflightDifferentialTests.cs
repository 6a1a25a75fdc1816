using System.Text.Json;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config.Checks;

/// <summary>
/// Random configurations of networks, and whether instack-undercloud queens and python-tripleoclient rocky and train refused them:
/// recorded by tests/differential/undercloud_preflight.py.
/// </summary>
public sealed class PreflightDifferentialTests
{
    private static readonly string[] s_releases = ["instack", "rocky", "train"];
    private static readonly string[] s_ranges = ["dhcp_start", "dhcp_end", "inspection_iprange"];

    [Fact]
    public void What_a_release_refused_has_an_error()
    {
        var refused = Records().Where(record => record.Refused.Contains(true)).ToList();
        Assert.True(refused.Count > 300);
        Assert.Empty(refused.Where(record => !HasError(Findings.All(record.File)) && !IsTakenSince(record.File, record.Refused)
            && !IsOfOptionWithoutEffect(record.File)).Select(Shown));
    }

    [Fact]
    public void What_releases_took_has_an_error_only_where_an_address_is_used_twice_or_is_no_hosts()
    {
        string[] ours = [ConfigCodes.SameAddress, ConfigCodes.ReservedAddress, ConfigCodes.RangeOverlap];
        var taken = Records().Where(record => record.Refused.Contains(false) && !record.Refused.Contains(true)).ToList();
        Assert.True(taken.Count > 300);
        Assert.Empty(taken.Where(record => HasError(Findings.All(record.File).Where(finding => !ours.Contains(finding.Code)
            && !finding.Message.Contains("first or the last", StringComparison.Ordinal)))).Select(Shown));
    }

    private static bool HasError(IEnumerable<Diagnostic> findings) => findings.Any(finding => finding.Severity == Severity.Error);

    // Architectures besides x86_64 have no effect here, so a wrong one is a warning.
    private static bool IsOfOptionWithoutEffect(string file) =>
        Findings.All(file).Exists(finding => finding.Location!.Value.Line == 1 + file.Split('\n').ToList().FindIndex(line =>
            line.StartsWith("additional_architectures", StringComparison.Ordinal)));

    // Since rocky a public host may be elsewhere; since stein ranges may be left out.
    private static bool IsTakenSince(string file, bool?[] refused) => refused[^1] == false
        && (Findings.All(file).Exists(finding => finding.Code == ConfigCodes.OutsideNetwork)
            || file.Split('[').Skip(2).Any(section => s_ranges.Any(option => !section.Contains(option, StringComparison.Ordinal))));

    private static string Shown((string File, bool?[] Refused) record) =>
        $"{string.Join(' ', record.Refused)}\n{record.File}{Findings.Text(record.File)}";

    private static IEnumerable<(string File, bool?[] Refused)> Records()
    {
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "corpus", "config", "preflight.jsonl")))
        {
            var record = JsonDocument.Parse(line).RootElement;
            yield return (record.GetProperty("file").GetString()!, [.. s_releases.Select(release => Verdict(record.GetProperty(release)))]);
        }
    }

    private static bool? Verdict(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetBoolean();
}
