using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Deploy;

/// <summary>What is wrong in an operator's files is said of these, all of it at once.</summary>
public sealed class OperatorFindingsTests
{
    private const string Network = "OS::TripleO::Undercloud::Net::SoftwareConfig";
    private const string Keystone = "OS::TripleO::Services::Keystone";

    [Theory]
    [InlineData("ExtraFirewallRules:\n    300 web:\n      dport: 99999\n", "own.yaml:4:7", "PLAN001", "ExtraFirewallRules: /etc/undercloud/firewall.nft.rules.300 web.dport is 99999, which is no port.")]
    [InlineData("ExtraFirewallRules:\n    300 web: {dport: [80, x]}\n", "own.yaml:3:27", "PLAN001", "ExtraFirewallRules: /etc/undercloud/firewall.nft.rules.300 web.dport[1] is x, which is no port.")]
    [InlineData("ExtraFirewallRules:\n    300 web: {dports: 80}\n", "own.yaml:3:15", "PLAN001", "ExtraFirewallRules: /etc/undercloud/firewall.nft.rules.300 web.dports is no key of a firewall rule.")]
    [InlineData("KeystoneWorkers: 2\n  ControlPlaneInterface: --help\n  GlanceWorkers: 2\n", "own.yaml:3:3", "PLAN001", "ControlPlaneInterface: undercloud_host.network.interfaces[0].name is \"--help\", which")]
    [InlineData("ExtraSysctlSettings: {}\n  ControlPlaneAddresses: 5\n", "own.yaml:3:3", null, "ControlPlaneAddresses")]
    public void A_wrong_value_is_said_of_the_parameter_and_its_line(string parameters, string place, string? code, string message)
    {
        var errors = Errors($"parameter_defaults:\n  {parameters}");
        Assert.Contains(errors, error => error.Location.ToString() == place && error.Message.Contains(message, StringComparison.Ordinal) && (code ?? error.Code) == error.Code);
        Assert.All(errors, error => Assert.Equal("own.yaml", error.Location?.Path));
    }

    [Fact]
    public void A_wrong_value_in_hieradata_is_said_of_its_key()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with { Hieradata = new("h.yaml", "no::such_key: 1\ntripleo::firewall::firewall_rules:\n  300 web:\n    proto: tcp\n    dport: 99999\n") });
        var error = Assert.Single(result.Diagnostics, finding => finding.Severity == Severity.Error);
        Assert.Equal("h.yaml:5:5: error PLAN001: tripleo::firewall::firewall_rules: /etc/undercloud/firewall.nft.rules.300 web.dport is 99999, which is no port.", error.ToString().Split('\n')[0]);
        Assert.Contains(result.Diagnostics, finding => finding.Code == "HIERA002" && finding.Message.Contains("no::such_key", StringComparison.Ordinal));
    }

    private const string GoodRule = "{400 more: {proto: tcp, dport: 80}}";
    private const string BadRule = "\n    300 web:\n      dport: 99999\n";

    [Theory]
    [InlineData("tripleo::firewall::firewall_rules:\n  300 web:\n    proto: tcp\n    dport: 99999\n", GoodRule, GoodRule, "h.yaml:4:5: error PLAN001: tripleo::firewall::firewall_rules: /etc/undercloud/firewall.nft.rules.300 web.dport is 99999")]
    [InlineData("tripleo::firewall::firewall_rules: {500 web: {proto: tcp, dport: 99}}\n", BadRule, GoodRule, "one.yaml:4:7: error PLAN001: ExtraFirewallRules: /etc/undercloud/firewall.nft.rules.300 web.dport is 99999")]
    [InlineData("tripleo::firewall::firewall_rules: {500 web: {proto: tcp, dport: 99}}\n", GoodRule, BadRule, "two.yaml:4:7: error PLAN001: ExtraFirewallRules: /etc/undercloud/firewall.nft.rules.300 web.dport is 99999")]
    public void A_wrong_part_of_a_map_that_several_files_make_up_is_said_of_the_file_that_has_it(string hieradata, string one, string two, string finding)
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with
        {
            Hieradata = new("h.yaml", hieradata),
            Environments = [new("one.yaml", $"parameter_defaults:\n  ExtraFirewallRules: {one}"), new("two.yaml", $"parameter_defaults:\n  ExtraFirewallRules: {two}")],
        });
        Assert.StartsWith(finding, Assert.Single(result.Diagnostics, found => found.Severity == Severity.Error).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ControlPlaneAddresses: [192.168.24.1/24, foo]", "own.yaml:2:44", "ControlPlaneAddresses: undercloud_host.network.interfaces[0].addresses[1] is \"foo\", which is no address with a prefix length.")]
    [InlineData("ControlPlaneAddresses: [192.168.24.1/99]", "own.yaml:2:27", "ControlPlaneAddresses: undercloud_host.network.interfaces[0].addresses[0] is \"192.168.24.1/99\", which is no address with a prefix length.")]
    [InlineData("DnsServers: [192.0.2.1, ns.example.org]", "own.yaml:2:27", "DnsServers: undercloud_host.network.nameservers[1] is \"ns.example.org\", which is no address.")]
    [InlineData("ControlPlaneStaticRoutes: [{ip_netmask: 10.0.0.0/8, next_hop: 1.2.3.4}, {ip_netmask: 10.0.0.0/9, next_hop: x}]", "own.yaml:2:100", "ControlPlaneStaticRoutes: undercloud_host.network.interfaces[0].routes[1].next_hop is \"x\", which is no address.")]
    public void An_address_that_is_none_is_said_of_its_place_in_the_list(string parameter, string place, string message)
    {
        var error = Assert.Single(Errors($"parameter_defaults:\n  {parameter}\n"));
        Assert.Equal((place, "PLAN001", message), (error.Location.ToString(), error.Code, error.Message));
    }

    [Theory]
    [InlineData("My::Type:", "My::Type")]
    [InlineData("My::Type: ~", "My::Type")]
    [InlineData("My::Type: OS::Heat::None", "My::Type")]
    [InlineData("\"My::*\": ~", "My::*")]
    [InlineData("My::Type: other.yaml", "My::Type")]
    public void A_mapping_of_a_type_that_there_is_not_is_warned_of_whatever_it_is_mapped_to(string mapping, string type)
    {
        var inputs = CollectionPlan.Inputs();
        var finding = Assert.Single(StackPlanner.Plan(inputs with { Environments = [new("own.yaml", $"resource_registry:\n  {mapping}\n")], Templates = new Other(inputs.Templates) }).Diagnostics);
        Assert.Equal($"own.yaml:2:3: warning ENV006: The mapping of {type} has no effect: nothing in this undercloud is of that type.", finding.ToString().Split('\n')[0]);
    }

    [Fact]
    public void A_null_that_takes_a_mapping_away_is_not_warned_of() =>
        Assert.Empty(StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", $"resource_registry:\n  {Keystone}:\n")] }).Diagnostics.Where(finding => finding.Code == "ENV006"));

    [Theory]
    [InlineData("", "http://host/x.yaml", "http://host/x.yaml")]
    [InlineData("", "https://host/dir/../x.yaml", "https://host/dir/../x.yaml")]
    [InlineData("base_url: http://host/dir\n  ", "x.yaml", "http://host/dir/x.yaml")]
    public void A_mapping_to_a_URL_is_shown_as_it_is_with_what_to_do(string before, string target, string url)
    {
        var error = Assert.Single(Errors($"resource_registry:\n  {before}My::Type: {target}\n"));
        Assert.Equal(("ENV007", $"My::Type is mapped to {url}, and there is no such file.", "Download it, and name the file: nothing is read over the network."), (error.Code, error.Message, error.Remedy));
    }

    [Fact]
    public void A_time_zone_of_which_nothing_knows_is_warned_of() =>
        Assert.Contains(StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", "parameter_defaults: {TimeZone: Mars/Phobos}\n")] }).Diagnostics, finding => finding.Location?.Path == "own.yaml");

    [Theory]
    [InlineData("", "HOT020", $"{Keystone} is mapped to null, which only takes its mapping away", "OS::Heat::None")]
    [InlineData(Keystone, "HOT020", $"{Keystone} is mapped to itself", "OS::Heat::None")]
    [InlineData("/etc/passwd", "HOT020", "is mapped to '/etc/passwd', which is neither a template nor a resource type", ".yaml or .template")]
    [InlineData("/tmp", "HOT020", "is mapped to '/tmp', which is neither a template nor a resource type", ".yaml or .template")]
    [InlineData("OS::TripleO::Services::Nosuch", "HOT020", "is mapped to OS::TripleO::Services::Nosuch, and that is no resource type", "OS::Heat::None")]
    [InlineData("/nosuch.yaml", "ENV007", "is mapped to /nosuch.yaml, and there is no such file", "Put the file there")]
    public void A_wrong_mapping_of_a_service_is_said_of_its_line(string target, string code, string message, string remedy)
    {
        var error = Assert.Single(Errors($"resource_registry:\n  {Keystone}: {target}\n"));
        Assert.Equal("own.yaml:2:3", error.Location.ToString());
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Mappings_that_go_round_in_a_circle_are_said_of_their_lines() =>
        Assert.All(
            Errors("resource_registry:\n  OS::TripleO::Services::GlanceApi: OS::TripleO::Services::NovaApi\n  OS::TripleO::Services::NovaApi: OS::TripleO::Services::GlanceApi\n"),
            error => Assert.Contains("which leads back to itself", error.Message, StringComparison.Ordinal));

    [Fact]
    public void A_mapping_that_a_wildcard_takes_away_is_said_of_the_wildcard()
    {
        var errors = Errors("resource_registry:\n  \"OS::TripleO::Services::Key*\":\n");
        Assert.Equal(["own.yaml:2:3"], errors.Select(error => error.Location.ToString()).Distinct());
        Assert.StartsWith("OS::TripleO::Services::Key*: The resource type 'OS::TripleO::Services::Key", errors[0].Message);
    }

    [Fact]
    public void What_is_wrong_in_different_places_is_said_at_once()
    {
        var findings = StackPlanner.Plan(CollectionPlan.Inputs() with
        {
            Environments =
            [
                new("own.yaml", $"""
                    resource_registry:
                      {Network}: my-net.yaml
                      My::Type: gone.yaml
                      {Keystone}:
                    parameter_defaults:
                      ExtraFirewallRules: {"{300 web: {dport: 99999}}"}
                      KeystoneWorkers: abc
                      NoSuchParameter: 1
                    """),
            ],
            Hieradata = new("h.yaml", "no::such_key: 1\n"),
        }).Diagnostics;
        Assert.Equal(["ENV007", "HIERA002", "HOT013", "HOT020", "NCO006", "PLAN001"], findings.Select(finding => finding.Code).Where(code => code != "HOT016").Distinct().Order());
        Assert.All(findings, finding => Assert.Contains(finding.Location?.Path, new[] { "own.yaml", "h.yaml" }));
    }

    [Theory]
    [InlineData("parameter_defaults:\n  KeystoneWorkers: {a: b}\n  RoleServices: [OS::TripleO::Services::Foo]\n", "own.yaml:3:3: error HOT020: RoleServices: The resource type 'OS::TripleO::Services::Foo'", "own.yaml:2:3: error HOT013: The value of the parameter 'KeystoneWorkers'")]
    [InlineData("parameter_defaults:\n  RpcPort: 99999\nresource_registry:\n  OS::TripleO::Services::HeatApi: 5\n", "own.yaml:2:3: error HOT031: RpcPort: make_url: the port", "own.yaml:4:35: error ENV002: 'OS::TripleO::Services::HeatApi' must be mapped")]
    public void Each_mistake_is_found_beside_another(string environment, string one, string other)
    {
        var errors = Errors(environment);
        Assert.Contains(errors, error => error.ToString().StartsWith(one, StringComparison.Ordinal));
        Assert.Contains(errors, error => error.ToString().StartsWith(other, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Equal("own.yaml", error.Location?.Path));
    }

    [Fact]
    public void Errors_of_a_collection_stay_where_they_are()
    {
        var inputs = CollectionPlan.Inputs();
        var findings = StackPlanner.Plan(inputs with { Environments = [new("own.yaml", "parameter_defaults: {KeystoneWorkers: 3}\n")], Templates = new Broken(inputs.Templates) }).Diagnostics;
        Assert.Equal("deployment/memcached/memcached-container.yaml", findings[0].Location?.Path);
        Assert.DoesNotContain(findings, finding => finding.Location?.Path == "own.yaml");
    }

    [Fact]
    public void A_service_that_there_is_not_is_said_of_its_line_in_the_roles_file()
    {
        var inputs = CollectionPlan.Inputs();
        var roles = new InputFile("/home/stack/roles.yaml", inputs.Roles.Text.Replace($"- {Keystone}\n", "- OS::TripleO::Services::Keyston\n", StringComparison.Ordinal));
        var line = roles.Text.Split('\n').TakeWhile(text => !text.EndsWith("Keyston", StringComparison.Ordinal)).Count() + 1;
        var error = Assert.Single(StackPlanner.Plan(inputs with { Roles = roles }).Diagnostics, finding => finding.Code == "HOT020");
        Assert.Equal((roles.Path, line), (error.Location?.Path, error.Location?.Line));
        Assert.Contains($"Did you mean '{Keystone}'?", error.Remedy, StringComparison.Ordinal);
    }

    private static Diagnostic[] Errors(string environment) =>
        [.. StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", environment)] }).Diagnostics.Where(finding => finding.Severity == Severity.Error)];

    // A collection with one more template.
    private sealed class Other(Undercloud.Heat.Templates.ITemplateFiles files) : Undercloud.Heat.Templates.ITemplateFiles
    {
        public string? Read(string path) => path == "other.yaml" ? "heat_template_version: rocky\n" : files.Read(path);
    }

    // A collection with one template that is none.
    private sealed class Broken(Undercloud.Heat.Templates.ITemplateFiles files) : Undercloud.Heat.Templates.ITemplateFiles
    {
        public string? Read(string path) => path.EndsWith("memcached-container.yaml", StringComparison.Ordinal) ? "heat_template_version: rocky\nbogus: {}\n" : files.Read(path);
    }
}
