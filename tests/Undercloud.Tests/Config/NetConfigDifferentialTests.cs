using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

/// <summary>The templates of tests/corpus/net-config, filled in by python-tripleoclient train and by us.</summary>
public sealed class NetConfigDifferentialTests
{
    private const string Checkout = "UNDERCLOUD_TRIPLEOCLIENT_TRAIN";

    private static readonly string s_corpus = Path.Combine(AppContext.BaseDirectory, "corpus", "net-config");

    private static readonly ImmutableArray<string> s_configurations =
    [
        "",
        """
        local_interface = ens3
        local_ip = 10.0.0.1/16
        undercloud_public_host = 10.0.0.2
        undercloud_admin_host = 10.0.0.3
        local_mtu = 9000
        undercloud_nameservers = 192.0.2.53, 2001:db8::53
        subnets = leaf1, main, leaf2
        enable_routed_networks = true
        local_subnet = main
        [main]
        cidr = 10.0.0.0/16
        gateway = 10.0.0.254
        dhcp_start = 10.0.0.10
        dhcp_end = 10.0.0.20
        inspection_iprange = 10.0.0.30,10.0.0.40
        host_routes = [{destination: 172.16.0.0/12, nexthop: 10.0.0.253}, {destination: 198.51.100.0/24, nexthop: 10.0.0.252}]
        [leaf1]
        cidr = 10.1.0.0/24
        gateway = 10.1.0.1
        inspection_iprange = 10.1.0.100,10.1.0.120
        [leaf2]
        cidr = 10.2.0.0/24
        gateway = 10.2.0.1
        inspection_iprange = 10.2.0.100,10.2.0.120
        host_routes = [{destination: 203.0.113.0/24, nexthop: 10.2.0.9}]
        """,
        "local_ip = fd12:3456::1/64\nundercloud_public_host = fd12:3456::2\nundercloud_admin_host = fd12:3456::3\n[ctlplane-subnet]\ncidr = fd12:3456::/64\ngateway = fd12:3456::1\n"
            + "dhcp_start = fd12:3456::10\ndhcp_end = fd12:3456::20\ninspection_iprange = fd12:3456::30,fd12:3456::40",
    ];

    [Fact]
    public void The_parameter_is_the_recorded_one() => Compare((ListValue)CanonicalJson.Read(File.ReadAllText(Path.Combine(s_corpus, "answers.json"))));

    [Fact]
    public async Task The_parameter_is_the_one_tripleoclient_computes()
    {
        if (Environment.GetEnvironmentVariable(Checkout) is not { Length: > 0 } checkout)
        {
            Assert.Skip($"{Checkout} names no checkout of python-tripleoclient.");
            return;
        }

        var input = new ListValue([.. Cases().Select(Case)]);
        var recorded = Path.Combine(s_corpus, "answers.json");
        var theirs = await PythonOracle.Answer("jinja2", "net_config_override.py", CanonicalJson.Write(input), checkout);
        await File.WriteAllTextAsync(recorded + ".new", theirs, TestContext.Current.CancellationToken);
        Compare((ListValue)CanonicalJson.Read(theirs));
        Assert.Equal(await File.ReadAllTextAsync(recorded, TestContext.Current.CancellationToken), theirs);
    }

    private static void Compare(ListValue theirs)
    {
        var cases = Cases().ToList();
        Assert.Equal(cases.Count, theirs.Items.Length);
        foreach (var ((template, config), answer) in cases.Zip(theirs.Items.Cast<MapValue>()))
        {
            var findings = new DiagnosticBag();
            var ours = NetConfigTemplate.Read(File.ReadAllText(template), template, NetConfigTags.Of(config), findings)?.Value;
            Assert.True(findings.HasErrors == answer.ContainsKey("error"), $"{Path.GetFileName(template)}: {string.Join('\n', findings.All)}");
            Assert.Equal(answer["parameter"], ours);
        }
    }

    private static IEnumerable<(string Template, UndercloudConfig Config)> Cases() =>
        from template in Directory.GetFiles(s_corpus, "*.json").Order(StringComparer.Ordinal)
        where Path.GetFileName(template) != "answers.json"
        from text in s_configurations
        select (template, Read(text));

    // What cfg.CONF holds in their code: options by name, subnets by section.
    private static Value Case((string Template, UndercloudConfig Config) pair)
    {
        string[] options = ["local_interface", "local_ip", "local_mtu", "undercloud_public_host", "undercloud_nameservers", "local_subnet"];
        var names = ((ListValue)pair.Config[AddressOptions.Subnets].Value).Items.Select(name => ((StringValue)name).Text);
        return new MapValue(
        [
            new("template", File.ReadAllText(pair.Template)),
            new("options", new MapValue(pair.Config.Settings.Where(setting => options.Contains(setting.Option.Name)).Select(Entry))),
            new("subnets", new MapValue(names.Select(name => KeyValuePair.Create(name, (Value)new MapValue(
                pair.Config.Settings.Where(setting => setting.Option.Group == name).Select(Entry)))))),
        ]);
    }

    private static KeyValuePair<string, Value> Entry(Setting setting) => new(setting.Option.Name, setting.Value);

    private static UndercloudConfig Read(string text)
    {
        var findings = new DiagnosticBag();
        var config = UndercloudConfig.Read($"[DEFAULT]\n{text}\n", "undercloud.conf", "/home/stack", findings);
        Assert.DoesNotContain(findings.All, finding => finding.Severity == Severity.Error && !ConfigCodes.OfValidations.Contains(finding.Code));
        return config;
    }
}
