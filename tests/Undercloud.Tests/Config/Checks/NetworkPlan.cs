namespace Undercloud.Tests.Config.Checks;

/// <summary>A consistent configuration of networks, drawn at random, that a test can break in one place.</summary>
/// <param name="IsIPv6">The family of all of it.</param>
/// <param name="Prefix">The length of each subnet's prefix.</param>
/// <param name="Count">How many subnets.</param>
/// <param name="Local">Which of them is the local one.</param>
/// <param name="WithRoutes">Whether they have routes, name servers and exceptions.</param>
internal sealed record NetworkPlan(bool IsIPv6, int Prefix, int Count, int Local, bool WithRoutes)
{
    /// <summary>Options of [DEFAULT] that replace the plan's, or come in addition.</summary>
    public Dictionary<string, string> Changed { get; init; } = [];

    /// <summary>The same for the last subnet's section.</summary>
    public Dictionary<string, string> ChangedInLast { get; init; } = [];

    /// <summary>An address of a subnet by its offset.</summary>
    public string At(int subnet, int host) => IsIPv6 ? $"fd00:{subnet + 1:x}::{host:x}" : $"10.{subnet + 1}.0.{host}";

    public string Cidr(int subnet) => $"{At(subnet, 0)}/{Prefix}";

    public string Text()
    {
        var lines = new List<string> { "[DEFAULT]" };
        var options = new Dictionary<string, string>
        {
            ["subnets"] = string.Join(", ", Enumerable.Range(0, Count).Select(i => $"leaf{i}")),
            ["local_subnet"] = $"leaf{Local}",
            ["enable_routed_networks"] = Count > 1 ? "true" : "false",
            ["local_ip"] = $"{At(Local, 1)}/{Prefix}",
            ["undercloud_public_host"] = At(Local, 2),
            ["undercloud_admin_host"] = At(Local, 3),
        };
        Add(lines, options, Changed);
        for (var i = 0; i < Count; i++)
        {
            lines.Add($"[leaf{i}]");
            Add(lines, Section(i), i == Count - 1 ? ChangedInLast : []);
        }

        return string.Join('\n', lines) + "\n";
    }

    private Dictionary<string, string> Section(int i)
    {
        var options = new Dictionary<string, string>
        {
            ["cidr"] = Cidr(i),
            ["gateway"] = At(i, 4),
            ["dhcp_start"] = $"{At(i, 5)}, {At(i, 12)}",
            ["dhcp_end"] = $"{At(i, 10)}, {At(i, 14)}",
            ["inspection_iprange"] = $"{At(i, 16)},{At(i, 20)}",
        };
        if (WithRoutes)
        {
            options["dhcp_exclude"] = $"{At(i, 6)}, {At(i, 8)}-{At(i, 9)}";
            options["dns_nameservers"] = IsIPv6 ? "2001:db8::53" : "172.16.0.53";
            options["host_routes"] = $"[{{destination: {(IsIPv6 ? "fd99::/48" : "172.16.0.0/12")}, nexthop: {At(i, 22)}}}]";
        }

        return options;
    }

    private static void Add(List<string> lines, Dictionary<string, string> options, Dictionary<string, string> changed)
    {
        foreach (var (name, value) in changed)
            options[name] = value;
        lines.AddRange(options.Select(option => $"{option.Key} = {option.Value}"));
    }
}
