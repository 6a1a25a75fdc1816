using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config.Checks;

/// <summary>The remedies of one run hold together: whoever follows all of them has a file without errors.</summary>
public sealed partial class ProposalTests
{
    private static readonly Gen<string> s_file =
        from prefix in Gen.Int[22, 28]
        from network in Gen.Int[1, 200]
        from own in Gen.Int[1, (1 << (32 - 22)) - 2]
        from tls in Gen.Bool
        from hosts in Gen.Int[0, 5].Array[2]
        from other in Gen.Int[1, 1000]
        let size = 1 << (32 - prefix)
        let local = At(network, 1 + (own % (size - 2)))
        select $"""
            [DEFAULT]
            local_ip = {local}/{prefix}
            generate_service_certificate = {(tls ? "true" : "false")}
            {Host("undercloud_public_host", hosts[0], local, At(network, other % size))}
            {Host("undercloud_admin_host", hosts[1], local, At(network, (other * 7) % size))}

            """;

    [Fact]
    public void Who_follows_all_proposals_has_no_error() => s_file.Sample(file =>
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var finding in Findings.All(file).Where(finding => finding.Severity == Severity.Error))
        {
            foreach (Match match in Proposal().Matches(finding.Remedy!.Split(", or ")[0]))
            {
                var (name, value) = (match.Groups[1].Value, match.Groups[2].Value.TrimEnd('.', ','));
                Assert.True(options.GetValueOrDefault(name, value) == value, $"{name} is proposed twice:\n{file}\n{Findings.Text(file)}");
                options[name] = value;
            }
        }

        var after = Followed(file, options);
        Assert.True(Findings.All(after).TrueForAll(finding => finding.Severity != Severity.Error), $"{file}\n{Findings.Text(file)}\n\n{after}\n{Findings.Text(after)}");
    });

    [Fact]
    public void Hosts_and_inspection_are_apart()
    {
        var found = Findings.Text("[DEFAULT]\nlocal_ip = 10.0.0.50/26\n");
        Assert.Contains("Set undercloud_public_host = 10.0.0.1 and undercloud_admin_host = 10.0.0.2.", found, StringComparison.Ordinal);
        Assert.Contains("gateway = 10.0.0.50 and inspection_iprange = 10.0.0.3,10.0.0.23.", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hosts_are_proposed_two_addresses()
    {
        var found = Findings.Text("[DEFAULT]\nlocal_ip = 10.240.78.30/27\nundercloud_public_host = 10.240.78.30\n");
        Assert.Contains("Set undercloud_admin_host = 10.240.78.1.", found, StringComparison.Ordinal);
        Assert.Contains("Set undercloud_public_host = 10.240.78.2.", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspection_leaves_addresses_for_nodes() => Assert.Contains(
        "inspection_iprange = 10.169.79.98,10.169.79.103.", Findings.Text("[DEFAULT]\ngenerate_service_certificate = false\nlocal_ip = 10.169.79.97/28\n"), StringComparison.Ordinal);

    private static string Followed(string file, Dictionary<string, string> options)
    {
        var isSubnets = options.ToLookup(option => SubnetOptions.All.Any(one => one.Name == option.Key));
        var kept = file.Split('\n').Where(line => !options.ContainsKey(line.Split(' ')[0]));
        return $"{string.Join('\n', kept)}\n{Lines(isSubnets[false])}\n[ctlplane-subnet]\n{Lines(isSubnets[true])}\n";

        static string Lines(IEnumerable<KeyValuePair<string, string>> some) => string.Join('\n', some.Select(option => $"{option.Key} = {option.Value}"));
    }

    private static string Host(string option, int kind, IPAddress local, IPAddress near) => kind switch
    {
        0 => $"{option} = {local}",
        1 or 2 => $"{option} = {near}",
        3 => $"{option} = 172.16.0.9",
        _ => "",
    };

    private static IPAddress At(int network, int host) => IPAddress.Parse($"10.{network}.{host >> 8}.{host & 255}");

    [GeneratedRegex(@"(\w+) = ([\d./,]+)")]
    private static partial Regex Proposal();
}
