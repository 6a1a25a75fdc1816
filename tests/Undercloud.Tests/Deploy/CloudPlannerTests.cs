using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Config;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Nodes;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Deploy;

/// <summary>A cloud of two nodes: the database, the message queue and the cache on the first, Keystone and Glance on the second.</summary>
public sealed partial class CloudPlannerTests
{
    private const string Roles = """
        - name: Database
          ServicesDefault: [OS::TripleO::Services::UndercloudHost, OS::TripleO::Services::TripleoFirewall, OS::TripleO::Services::MySQL, OS::TripleO::Services::OsloMessagingRpc, OS::TripleO::Services::Memcached]
        - name: Api
          ServicesDefault: [OS::TripleO::Services::UndercloudHost, OS::TripleO::Services::TripleoFirewall, OS::TripleO::Services::Keystone, OS::TripleO::Services::GlanceApi]
        """;

    private static readonly ImmutableArray<CloudNode> s_nodes =
    [
        new("node-1", "Database", new(System.Net.IPAddress.Parse("192.168.24.11"), 24)),
        new("node-2", "Api", new(System.Net.IPAddress.Parse("192.168.24.12"), 24)) { Connection = new("node-2", "debian") },
    ];

    private static DeploymentPlan Two { get; } = Plan().Plan!;

    [Fact]
    public void Each_node_has_the_services_of_its_role()
    {
        Assert.Equal([("node-1", "Database"), ("node-2", "Api")], Two.Nodes.Select(node => (node.Name, node.Role)));
        Assert.Equal(["memcached", "mysql", "mysql_bootstrap", "mysql_databases", "rabbitmq"], Two.Nodes[0].AllContainers.Select(spec => spec.Name).Order());
        Assert.Equal(["glance_api", "glance_api_db_sync", "keystone", "keystone_bootstrap", "keystone_db_sync"], Two.Nodes[1].AllContainers.Select(spec => spec.Name).Order());
    }

    [Fact]
    public void A_service_finds_the_database_the_cache_and_keystone_on_other_nodes()
    {
        Assert.Contains("@192.168.24.11/glance", Text(1, "glance-api.conf"), StringComparison.Ordinal);
        Assert.Contains("memcached_servers = 192.168.24.11:11211", Text(1, "glance-api.conf"), StringComparison.Ordinal);
        Assert.Contains("@192.168.24.11:5672/", Text(1, "keystone.conf"), StringComparison.Ordinal);
        Assert.Contains("auth_url = http://192.168.24.12:5000", Text(1, "glance-api.conf"), StringComparison.Ordinal);
        Assert.Contains("bind-address = 192.168.24.11", Text(0, "99-undercloud.cnf"), StringComparison.Ordinal);
        Assert.DoesNotContain(Two.Nodes.SelectMany(node => node.Manifest.Network.Interfaces).SelectMany(link => link.Addresses), address => address.EndsWith("/32", StringComparison.Ordinal));
    }

    [Fact]
    public void The_database_has_the_databases_of_services_on_other_nodes() => Assert.Equal(["glance", "keystone"], Created().Matches(Text(0, "databases.sql")).Select(match => match.Groups[1].Value));

    [Fact]
    public void The_objects_in_the_cloud_are_created_once_with_the_addresses_of_their_nodes()
    {
        Assert.Empty(Two.Nodes[0].Manifest.Cloud);
        var cloud = Two.Nodes[1].Manifest.Cloud[3];
        Assert.Equal("http://192.168.24.12:5000", cloud.Login!.Url);
        Assert.Equal(["http://192.168.24.12:9292"], cloud.Services.Single(service => service.Name == "glance").Endpoints.Values.Distinct());
    }

    [Fact]
    public void What_has_no_password_is_open_to_the_other_nodes_and_there_to_the_services_users_alone()
    {
        Assert.Contains("ip saddr 192.168.24.12 tcp dport 3306 accept", Text(0, "firewall.nft"), StringComparison.Ordinal);
        Assert.Contains("ip saddr 192.168.24.12 tcp dport 11211 accept", Text(0, "firewall.nft"), StringComparison.Ordinal);
        Assert.Matches("ip daddr 192.168.24.11 tcp dport 11211 meta skuid != \\{ 0, .* reject with tcp reset comment \"121 memcached\"", Text(1, "firewall.nft"));
        Assert.DoesNotContain("dport 4369 accept", Text(0, "firewall.nft"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_node_knows_the_names_of_all_nodes() => Assert.All(Two.Nodes, node =>
    {
        var hosts = Assert.Single(node.Manifest.Files.Blocks).Content;
        Assert.Contains("192.168.24.11 node-1.example.org node-1", hosts, StringComparison.Ordinal);
        Assert.Contains("192.168.24.12 node-2.example.org node-2", hosts, StringComparison.Ordinal);
    });

    [Fact]
    public void The_clients_files_are_on_the_deploying_host_which_is_a_node_or_with_keystone()
    {
        Assert.Contains(Two.Nodes[0].Manifest.Files.Files, file => file.Path == "/home/stack/stackrc" && file.Content.Contains("http://192.168.24.12:5000", StringComparison.Ordinal));
        Assert.DoesNotContain(Two.Nodes[1].Manifest.Files.Files, file => file.Path == "/home/stack/stackrc");
        var remote = Plan([s_nodes[0] with { Connection = new("node-1") }, s_nodes[1]]).Plan!;
        Assert.DoesNotContain(remote.Nodes[0].Manifest.Files.Files, file => file.Path == "/home/stack/stackrc");
        Assert.Contains(remote.Nodes[1].Manifest.Files.Files, file => file.Path == "/home/stack/stackrc");
    }

    [Fact]
    public void A_parameter_that_one_role_uses_is_no_finding_on_the_other()
    {
        Assert.Empty(Plan(environment: "parameter_defaults: {GlanceWorkers: 2, MysqlMaxConnections: 100}").Diagnostics);
        var finding = Assert.Single(Plan(environment: "parameter_defaults: {GlanceWorker: 2}").Diagnostics);
        Assert.Equal("Did you mean 'GlanceWorkers'?", finding.Remedy);
    }

    [Fact]
    public void A_mistake_in_a_file_of_all_nodes_is_reported_once() =>
        Assert.Single(Plan(environment: "parameter_defaults: {ExtraFirewallRules: {x: {dport: 0}}}").Diagnostics, finding => finding.Severity == Severity.Error);

    [Fact]
    public void One_option_touches_the_node_that_has_the_service()
    {
        var changed = Plan(environment: "parameter_defaults: {GlanceWorkers: 2}").Plan!;
        Assert.Equal(["node-2"], Undercloud.Deploy.Diffs.PlanDiff.Of(Two, changed).Select(change => change.Node).Distinct());
    }

    [Fact]
    public void Several_roles_without_nodes_are_an_error_that_names_the_way()
    {
        var finding = Assert.Single(StackPlanner.Plan(Inputs()).Diagnostics);
        Assert.Equal("ROLE001", finding.Code);
        Assert.Contains("--nodes FILE", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- {name: Other, ServicesDefault: []}\n- {name: Database}", "roles.yaml:2:3: error ROLE002: The role Database has no ServicesDefault.")]
    [InlineData("- {name: Database, ServicesDefault: a}", "roles.yaml:1:37: error ROLE002: ServicesDefault of the role Database must be a list, not string.")]
    [InlineData("- {name: Other, ServicesDefault: []}", "roles.yaml: error ROLE003: The roles file has no role Database")]
    [InlineData("name: Database", "roles.yaml:1:1: error ROLE002: A roles file is a list of roles.")]
    [InlineData("", "roles.yaml: error ROLE001: The roles file has no role.")]
    public void A_role_that_cannot_be_installed_is_an_error_at_its_place(string roles, string finding)
    {
        var inputs = Inputs() with { Roles = new("roles.yaml", roles) };
        var node = s_nodes[0] with { Role = "Database" };
        var errors = StackPlanner.Plan(roles.Length == 0 ? inputs : inputs with { Node = node, Nodes = [node] }).Diagnostics.Where(found => found.Severity == Severity.Error);
        Assert.StartsWith(finding, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_without_services_can_be_looked_at()
    {
        var bag = new DiagnosticBag();
        var role = Assert.Single(RolesFile.Read("- {name: Undercloud}\n- 7\n", "roles.yaml", bag));
        Assert.Equal(("Undercloud", false, 0), (role.Name, role.HasServices, role.Services.Length));
        Assert.StartsWith("roles.yaml:2:3: error ROLE002: A role must be a map with a name.", Assert.Single(bag.All).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_empty_plan_has_the_same_nodes_with_their_connections()
    {
        var empty = Planner.Empty(Two);
        Assert.Equal(Two.Nodes.Select(node => (node.Name, node.Role, node.Connection)), empty.Nodes.Select(node => (node.Name, node.Role, node.Connection)));
        Assert.All(empty.Nodes, node => Assert.Empty(node.Services));
    }

    [Fact]
    public void A_plan_of_several_nodes_survives_being_written()
    {
        Assert.Equal(Two.Hash, PlanJson.Read(PlanJson.Write(Two)).Hash);
        Assert.Equal(new SshConnection("node-2", "debian"), PlanJson.ReadNode(PlanJson.Write(Two.Nodes[1])).Connection);
    }

    [Fact]
    public void A_step_is_one_play_over_all_nodes_and_tasks_of_one_node_are_limited_to_it()
    {
        var files = AnsibleProject.Write(Two, new("/opt/undercloud/undercloud", "/opt/undercloud/ansible"));
        var playbook = files.Single(file => file.Path == AnsibleProject.Playbook).Content;
        Assert.Equal(["Host preparation", "Step 1", "Step 2", "Step 3", "Step 4", "Step 5", "Clean up"], Plays().Matches(playbook).Select(match => match.Groups[1].Value));
        Assert.Contains("hosts: \"Database:Api\"", playbook, StringComparison.Ordinal);
        Assert.Contains("tripleo-{{ undercloud_role }}", playbook, StringComparison.Ordinal);
        var plays = (ListValue)YamlReader.Read(playbook, AnsibleProject.Playbook, new())!.ToValue();
        var tasks = plays.Items.OfType<MapValue>().SelectMany(play => ((ListValue)play["tasks"]!).Items.OfType<MapValue>()).ToLookup(task => (task["name"] as StringValue)?.Text);
        Assert.Equal("inventory_hostname in ['node-2']", Assert.Single(tasks["Make projects, users, services and endpoints"])["when"]);
        Assert.Null(Assert.Single(tasks["Bring up the containers of step 1"])["when"]);
        var inventory = files.Single(file => file.Path == "inventory.yaml").Content;
        Assert.Contains("ansible_connection: local", inventory, StringComparison.Ordinal);
        Assert.Contains("ansible_host: node-2", inventory, StringComparison.Ordinal);
        Assert.Contains("ansible_user: debian", inventory, StringComparison.Ordinal);
        Assert.Contains(files, file => file.Path == "manifests/node-2/manifest.json");
    }

    private static string Text(int node, string name) => Two.Nodes[node].Manifest.Files.Files.Single(file => Path.GetFileName(file.Path) == name).Content;

    private static Inputs Inputs(string environment = "") => CollectionPlan.Inputs() with
    {
        Roles = new("roles.yaml", Roles),
        Environments = environment.Length > 0 ? [new("own.yaml", environment)] : [],
    };

    private static PlanningResult Plan(ImmutableArray<CloudNode>? nodes = null, string environment = "")
    {
        var all = nodes ?? s_nodes;
        return StackPlanner.PlanCloud(
        [
            .. all.Select(node => Inputs(environment) with
            {
                Node = node,
                Nodes = all,
                Config = UndercloudConfig.Read($"[DEFAULT]\nlocal_ip = {node.Address}\n", "undercloud.conf", "/home/stack", new DiagnosticBag()),
                Surroundings = new() { HostName = $"{node.Name}.example.org", Home = "/home/stack", User = "stack", ConfigPath = "/home/stack/undercloud.conf" },
            }),
        ]);
    }

    [GeneratedRegex("CREATE DATABASE IF NOT EXISTS `([a-z_]+)`")]
    private static partial Regex Created();

    [GeneratedRegex("^- name: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Plays();
}
