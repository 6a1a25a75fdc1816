using CsCheck;
using Undercloud.Config;

namespace Undercloud.Tests.Config.Checks;

public sealed class NetworkPropertyTests
{
    private static readonly Gen<NetworkPlan> s_plan =
        from isIPv6 in Gen.Bool
        from prefix in Gen.Int[16, 27]
        from count in Gen.Int[1, 5]
        from local in Gen.Int[0, count - 1]
        from withRoutes in Gen.Bool
        select new NetworkPlan(isIPv6, isIPv6 ? 64 : prefix, count, local, withRoutes);

    // What is broken, in the last subnet or in [DEFAULT], and the code that must be among the findings.
    private static readonly (string Section, string Option, Func<NetworkPlan, string> Value, string Code)[] s_breaks =
    [
        ("leaf", "gateway", plan => plan.At(99, 1), ConfigCodes.OutsideSubnet),
        ("leaf", "gateway", plan => (plan with { IsIPv6 = !plan.IsIPv6 }).At(0, 1), ConfigCodes.Family),
        ("leaf", "gateway", plan => plan.At(plan.Count - 1, 0), ConfigCodes.ReservedAddress),
        ("leaf", "gateway", plan => plan.At(plan.Count - 1, 18), ConfigCodes.RangeOverlap),
        ("leaf", "gateway", plan => plan.At(plan.Count - 1, 7), ConfigCodes.RangeOverlap),
        ("leaf", "dhcp_start", plan => $"{plan.At(99, 5)}, {plan.At(plan.Count - 1, 12)}", ConfigCodes.OutsideSubnet),
        ("leaf", "dhcp_start", plan => $"{plan.At(plan.Count - 1, 10)}, {plan.At(plan.Count - 1, 12)}", ConfigCodes.RangeOrder),
        ("leaf", "dhcp_start", plan => $"{plan.At(plan.Count - 1, 5)}, {plan.At(plan.Count - 1, 9)}", ConfigCodes.RangeOverlap),
        ("leaf", "dhcp_start", plan => plan.At(plan.Count - 1, 5), ConfigCodes.RangeCount),
        ("leaf", "dhcp_end", plan => $"{plan.At(plan.Count - 1, 10)}, {plan.At(plan.Count - 1, 17)}", ConfigCodes.RangeOverlap),
        ("leaf", "dhcp_exclude", plan => plan.At(99, 5), ConfigCodes.OutsideSubnet),
        ("leaf", "dhcp_exclude", plan => $"{plan.At(plan.Count - 1, 5)}-{plan.At(plan.Count - 1, 14)}", ConfigCodes.NoAddressLeft),
        ("leaf", "inspection_iprange", plan => $"{plan.At(99, 16)},{plan.At(99, 20)}", ConfigCodes.OutsideSubnet),
        ("leaf", "inspection_iprange", plan => $"{plan.At(plan.Count - 1, 16)},{plan.At(plan.Count - 1, 16)}", ConfigCodes.RangeOrder),
        ("leaf", "inspection_iprange", plan => $"{plan.At(plan.Count - 1, 13)},{plan.At(plan.Count - 1, 20)}", ConfigCodes.RangeOverlap),
        ("leaf", "host_routes", plan => $"[{{destination: {plan.Cidr(50)}, nexthop: {plan.At(99, 1)}}}]", ConfigCodes.OutsideSubnet),
        ("leaf", "dns_nameservers", plan => plan.IsIPv6 ? "10.0.0.9" : "fd00::9", ConfigCodes.Family),
        ("leaf", "cidr", plan => $"{plan.At(plan.Count - 1, 1)}/{plan.Prefix}", ConfigCodes.HostBits),
        ("leaf", "gatewey", plan => "1", ConfigCodes.UnknownOption),
        ("leaf", "local_ip", plan => "1", ConfigCodes.UnknownOption),
        ("DEFAULT", "local_ip", plan => $"{plan.At(99, 1)}/{plan.Prefix}", ConfigCodes.OutsideSubnet),
        ("DEFAULT", "undercloud_public_host", plan => plan.At(99, 2), ConfigCodes.OutsideNetwork),
        ("DEFAULT", "undercloud_admin_host", plan => plan.At(99, 3), ConfigCodes.OutsideNetwork),
        ("DEFAULT", "undercloud_admin_host", plan => plan.At(plan.Local, 1), ConfigCodes.SameAddress),
        ("DEFAULT", "undercloud_admin_host", plan => plan.At(plan.Local, 2), ConfigCodes.SameAddress),
        ("DEFAULT", "undercloud_admin_host", plan => plan.At(plan.Local, 19), ConfigCodes.RangeOverlap),
        ("DEFAULT", "undercloud_admin_host", plan => (plan with { IsIPv6 = !plan.IsIPv6 }).At(plan.Local, 3), ConfigCodes.Family),
        ("DEFAULT", "local_subnet", plan => "leaf9", ConfigCodes.LocalSubnet),
        ("DEFAULT", "subnets", plan => $"leaf{plan.Local}, leaf{plan.Local}", ConfigCodes.DuplicateSubnet),
        ("DEFAULT", "subnets", plan => $"leaf{plan.Local}, leaf9", ConfigCodes.MissingSection),
    ];

    [Fact]
    public void A_consistent_configuration_has_no_findings() => s_plan.Sample(plan => Findings.None(plan.Text()));

    [Fact]
    public void What_is_broken_in_one_place_is_found() => Gen.Select(s_plan, Gen.Int[0, s_breaks.Length - 1]).Sample((plan, i) =>
    {
        var (section, option, value, code) = s_breaks[i];
        var change = new Dictionary<string, string> { [option] = value(plan) };
        var broken = section == "DEFAULT" ? plan with { Changed = change } : plan with { ChangedInLast = change };
        Assert.True(Findings.All(broken.Text()).Exists(finding => finding.Code == code), $"{code} in {Shown(broken)}");
    });

    [Fact]
    public void Every_finding_has_a_place_and_a_remedy() => Gen.Select(s_plan, Gen.Int[0, s_breaks.Length - 1], Gen.Int[0, s_breaks.Length - 1]).Sample(
        (plan, i, j) =>
        {
            var (first, second) = (s_breaks[i], s_breaks[j]);
            var broken = plan;
            foreach (var (section, option, value, _) in new[] { first, second })
            {
                var change = new Dictionary<string, string>(section == "DEFAULT" ? broken.Changed : broken.ChangedInLast) { [option] = value(plan) };
                broken = section == "DEFAULT" ? broken with { Changed = change } : broken with { ChangedInLast = change };
            }

            Assert.True(Findings.All(broken.Text()).TrueForAll(finding => finding is { Location.Line: > 0, Remedy.Length: > 0 }), Shown(broken));
        });

    private static string Shown(NetworkPlan plan) => $"{plan.Text()}\n{Findings.Text(plan.Text())}";
}
