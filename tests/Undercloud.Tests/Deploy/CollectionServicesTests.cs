using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

/// <summary>What holds for every service of the collection that comes with the tool.</summary>
public sealed class CollectionServicesTests
{
    private static readonly PlanningResult s_result = StackPlanner.Plan(CollectionPlan.Inputs());

    private static NodePlan Node => s_result.Plan!.Nodes[0];

    [Fact]
    public void The_default_role_makes_a_plan_without_findings() => Assert.Empty(s_result.Findings());

    [Fact]
    public void A_container_that_stays_has_a_health_check_and_a_restart_and_one_that_ends_has_neither() => Assert.All(Containers(), container =>
    {
        var runsOnce = container.Value["detach"] is BooleanValue { Flag: false };
        Assert.Equal(!runsOnce, container.Value.ContainsKey("healthcheck"));
        Assert.Equal(!runsOnce, container.Value.ContainsKey("restart"));
    });

    [Fact]
    public void An_unhealthy_container_is_restarted_after_three_checks_and_one_with_everybody_s_data_not_before_a_quarter_of_an_hour()
    {
        var checks = Containers()
            .Where(container => container.Value.ContainsKey("healthcheck"))
            .ToDictionary(container => container.Key, container => ContainerSpecReader.Read(container.Key, container.Value, _ => null, new())!.Health!);
        Assert.All(checks.Values, check => Assert.True(check.Restarts && check.StartPeriod >= HealthCheck.UsualStartPeriod));
        Assert.Equal(["mysql", "rabbitmq"], checks.Where(check => check.Value.Retries * check.Value.Interval >= 900).Select(check => check.Key).Order());
        Assert.All(checks.Where(check => check.Value.Retries < 15), check => Assert.Equal((3, 60), (check.Value.Retries, check.Value.Interval)));
    }

    [Fact]
    public void A_container_that_runs_once_says_which_job_it_does() =>
        Assert.All(Node.AllContainers, spec => Assert.Equal(spec.Kind != ContainerKind.Service, spec.Job is not null));

    [Fact]
    public void Every_database_of_a_service_has_a_job_that_migrates_it()
    {
        var migrated = Node.AllContainers.SelectMany(spec => spec.Databases).Order(StringComparer.Ordinal);
        Assert.Equal(["glance", "heat", "ironic", "ironic-inspector", "keystone", "nova", "nova_api", "nova_cell0", "ovs_neutron", "placement"], migrated);
    }

    [Fact]
    public void A_backup_keeps_every_database_and_the_files_that_no_installation_makes_again()
    {
        Assert.Equal(["glance", "heat", "ironic", "ironic-inspector", "keystone", "nova", "nova_api", "nova_cell0", "ovs_neutron", "placement"], Node.Databases);
        Assert.Equal(["certificates", "glance", "ironic", "ssh-keys", "swift"], Node.Backup.Select(part => part.Name));
        Assert.Equal(["/srv/node/d1", "/var/lib/swift/rings"], Node.Backup.Single(part => part.Name == "swift").Paths);
        Assert.Equal(["/home/stack/.ssh/id_rsa", "/home/stack/.ssh/id_rsa.pub"], Node.Backup.Single(part => part.Name == "ssh-keys").Paths);
        Assert.True(Node.Backup.Single(part => part.Name == "ssh-keys").KeepsFormer);
    }

    // While two containers have the same sockets, an answer at the address says nothing about one of them.
    [Fact]
    public void The_health_check_of_a_container_that_shares_its_sockets_says_whether_the_container_itself_takes_requests()
    {
        var sharing = Node.AllContainers.Where(spec => spec.ReplaceOrder == ReplaceOrder.StartFirst && !spec.Listen.IsEmpty).ToList();
        Assert.True(sharing.Count >= 13, $"{sharing.Count}");
        Assert.All(sharing, spec => Assert.Matches("^test -e /dev/shm/accepting && /openstack/healthcheck ", spec.Health!.Test));
    }

    // Without the lock both would work at the same time.
    [Fact]
    public void A_service_that_is_loaded_first_waits_for_a_lock_in_a_directory_of_the_host()
    {
        var loaded = Node.AllContainers.Where(spec => spec.ReplaceOrder == ReplaceOrder.LoadFirst).ToDictionary(spec => spec.Name, StringComparer.Ordinal);
        Assert.Equal(["ironic_conductor", "ironic_inspector", "mysql", "rabbitmq"], loaded.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, spec) in loaded)
        {
            // RabbitMQ's is in a file of its image.
            var text = name == "rabbitmq" ? File.ReadAllText(Path.Combine(Repository.Root, "images", "files", "load-first.erl")) : string.Join(' ', spec.Command);
            var path = text.Split(' ', ';', '>', '"').Single(word => word.EndsWith(".lock", StringComparison.Ordinal));
            Assert.Contains($"{Path.GetDirectoryName(path)}:{Path.GetDirectoryName(path)}", spec.Volumes);
        }
    }

    // RabbitMQ refuses an exchange that is declared with another durability than it has.
    [Fact]
    public void Every_service_with_the_message_queue_declares_its_queues_durable()
    {
        var users = Node.Manifest.Files.Files.Where(file => file.Content?.Contains("\ntransport_url = rabbit://", StringComparison.Ordinal) == true).ToList();
        Assert.True(users.Count >= 6, $"{users.Count}");
        Assert.All(users, file => Assert.Contains("\namqp_durable_queues = true\n", file.Content!, StringComparison.Ordinal));
    }

    [Fact]
    public void Who_wants_no_health_checks_has_none()
    {
        var without = StackPlanner.Plan(CollectionPlan.Inputs("container_healthcheck_disabled = true\n"));
        Assert.Empty(without.Findings());
        Assert.DoesNotContain(ContainersOf(without.Plan!.Nodes[0]), container => container.Value.ContainsKey("healthcheck"));
        var asked = StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("own.yaml", "parameter_defaults: {ContainerHealthcheckDisabled: 'yes'}\n")] });
        Assert.Empty(asked.Findings());
        Assert.DoesNotContain(ContainersOf(asked.Plan!.Nodes[0]), container => container.Value.ContainsKey("healthcheck"));
    }

    [Fact]
    public void Every_configuration_file_that_a_container_mounts_is_written()
    {
        var files = Node.Manifest.Files.Files.Select(file => file.Path).ToList();
        Assert.All(Mounts("/var/lib/config-data/"), source => Assert.Contains(files, path => path == source || path.StartsWith(source + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_configuration_file_is_mounted_by_a_container()
    {
        var sources = Mounts("/var/lib/config-data/");
        Assert.All(
            Node.Manifest.Files.Files.Select(file => file.Path).Where(path => path.StartsWith("/var/lib/config-data/", StringComparison.Ordinal)),
            path => Assert.Contains(sources, source => path == source || path.StartsWith(source + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_directory_that_a_container_mounts_is_made()
    {
        // What is below /run the host's own units make.
        var directories = Node.Manifest.Files.Directories.Select(directory => directory.Path).Concat(["/run/openvswitch", "/run/netns"]).ToList();
        Assert.All(Mounts("/").Where(source => !source.StartsWith("/var/lib/config-data/", StringComparison.Ordinal)), source => Assert.Contains(source, directories));
    }

    [Fact]
    public void A_file_with_a_secret_is_closed_to_others() => Assert.All(
        Node.Manifest.Files.Files.Where(file => s_result.Secrets.Any(secret => secret.Length > 8 && file.Content.Contains(secret, StringComparison.Ordinal))),
        file => Assert.EndsWith("0", file.Mode));

    [Fact]
    public void Every_service_of_the_catalogue_has_three_endpoints_and_a_user_whose_name_and_password_its_files_know()
    {
        var cloud = Node.Manifest.Cloud[Planner.IdentityStep];
        Assert.All(cloud.Services, service => Assert.Equal(["admin", "internal", "public"], service.Endpoints.Keys));
        Assert.All(cloud.Users, user => Assert.Contains(
            Node.Manifest.Files.Files,
            file => file.Content.Contains(
                user.Domain is null ? $"username = {user.Name}\npassword = {user.Password}\n" : $"_admin = {user.Name}\nstack_domain_admin_password = {user.Password}\n",
                StringComparison.Ordinal)));

        // TripleO's passwords have one for Ironic and its inspector.
        var users = cloud.Users.Where(user => user.Name != "ironic-inspector").ToList();
        Assert.Equal(users.Count, users.Select(user => user.Password).Distinct().Count());
    }

    [Fact]
    public void Every_database_is_the_one_its_service_connects_to()
    {
        var sql = s_result.TextFile("databases.sql").Content;
        var connections = Node.Manifest.Files.Files
            .SelectMany(file => file.Content.Split('\n'))
            .Where(line => line.StartsWith("connection = mysql+pymysql://", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        Assert.Equal(sql.Split('\n').Count(line => line.StartsWith("CREATE DATABASE", StringComparison.Ordinal)), connections.Count);
        Assert.All(connections, connection =>
        {
            var url = new Uri(connection["connection = ".Length..]);
            var login = url.UserInfo.Split(':');
            Assert.Contains($"CREATE DATABASE IF NOT EXISTS `{url.AbsolutePath.Trim('/')}`", sql);
            Assert.Contains($"ALTER USER '{login[0]}'@'%' IDENTIFIED BY '{login[1]}'", sql);
        });
    }

    [Fact]
    public void Somebody_expires_Swift_s_objects() => Assert.Contains("dequeue_from_legacy = true", s_result.Section("object-server.conf", "object-expirer"));

    [Fact]
    public void Without_Swift_nothing_of_it_is_left()
    {
        var without = StackPlanner.Plan(CollectionPlan.Inputs("enable_swift = false\n"));
        Assert.Empty(without.Findings());
        var node = without.Plan!.Nodes[0];
        Assert.Contains(ContainersOf(Node), container => container.Key == "swift_proxy");
        Assert.DoesNotContain(ContainersOf(node), container => container.Key.Contains("swift", StringComparison.Ordinal));

        // A role of overclouds is called so, and its flavor after it. Tempest is told whose role it would take.
        Assert.DoesNotContain("swift", ManifestJson.Write(node.Manifest).Replace("swift-storage", "").Replace("swiftoperator", ""), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Without_Nova_nothing_of_it_is_left_and_Neutron_tells_nobody()
    {
        var without = StackPlanner.Plan(CollectionPlan.Inputs("enable_nova = false\n"));
        Assert.Empty(without.Findings());
        var node = without.Plan!.Nodes[0];
        Assert.Contains(ContainersOf(Node), container => container.Key == "nova_conductor");
        Assert.DoesNotContain(ContainersOf(node), container => container.Key.Contains("nova", StringComparison.Ordinal));
        // Ironic keeps the section by which it would tell Nova of a node's power; stackrc has a variable for scripts of old, whatever there is.
        Assert.Equal(
            ["notify_nova_on_port_status_changes = false", "notify_nova_on_port_data_changes = false", "nova_metadata_host = 192.168.24.1"],
            ManifestJson.Write(node.Manifest).Split("\\n").Where(line => line.Contains("nova", StringComparison.OrdinalIgnoreCase) && line != "[nova]" && !line.StartsWith("export ", StringComparison.Ordinal)));
        Assert.Contains("notify_nova_on_port_status_changes = true", ServerFile("neutron"));
        Assert.Contains("\n[nova]\nauth_type = password\n", ServerFile("neutron"));
    }

    [Fact]
    public void Tempest_has_its_settings_and_no_container_and_is_gone_where_nobody_wants_it()
    {
        var file = Node.Manifest.Files.Files.Single(file => file.Path == "/etc/tempest/tempest.conf");
        Assert.Equal("0600", file.Mode);
        Assert.Contains("\nuri_v3 = https://192.168.24.2:13000/v3\n", file.Content);
        Assert.Contains("localhost/undercloud/tempest:zed", Node.Manifest.Files.Files.Single(file => file.Path == "/usr/local/sbin/undercloud-tempest").Content);
        Assert.DoesNotContain(Containers(), container => container.Key.Contains("tempest", StringComparison.Ordinal));
        var without = StackPlanner.Plan(CollectionPlan.Inputs("enable_tempest = false\n"));
        Assert.Empty(without.Findings());
        Assert.DoesNotContain("tempest", ManifestJson.Write(without.Plan!.Nodes[0].Manifest));
    }

    [Fact]
    public void Nova_compute_knows_no_database_and_is_there_with_Ironic_alone()
    {
        var file = Node.Manifest.Files.Files.Single(file => file.Path == "/var/lib/config-data/nova_compute/etc/nova/nova.conf").Content;
        Assert.Contains("\ncompute_driver = ironic.IronicDriver\n", file);
        Assert.DoesNotContain("mysql", file);
        var without = StackPlanner.Plan(CollectionPlan.Inputs("enable_ironic = false\nenable_ironic_inspector = false\n"));
        Assert.DoesNotContain(ContainersOf(without.Plan!.Nodes[0]), container => container.Key == "nova_compute");
        Assert.Contains(ContainersOf(without.Plan!.Nodes[0]), container => container.Key == "nova_api");
    }

    [Fact]
    public void A_wish_for_more_attempts_reaches_the_scheduler()
    {
        Assert.Contains("\nmax_attempts = 30\n", ServerFile("nova"));
        Assert.Contains("\nmax_attempts = 7\n", ServerFile("nova", StackPlanner.Plan(CollectionPlan.Inputs("scheduler_max_attempts = 7\n"))));
    }

    [Fact]
    public void The_cells_are_told_their_addresses_again_when_a_password_changes()
    {
        var other = StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("other.yaml", "parameter_defaults: {NovaPassword: another-one}\n")] });
        var (before, after) = (Hashes(Node), Hashes(other.Plan!.Nodes[0]));
        Assert.All(["nova_api_map_cell0", "nova_api_ensure_default_cell"], name => Assert.NotEqual(before[name], after[name]));
        Assert.Equal(before["placement_api"], after["placement_api"]);
        Assert.Equal(["connection = mysql+pymysql://nova:another-one@192.168.24.1/nova_cell0?charset=utf8"], other.Section("cell0.conf", "database"));
    }

    [Theory]
    [InlineData("Keystone", "keystone")]
    [InlineData("Glance", "glance_api")]
    [InlineData("Placement", "placement_api")]
    [InlineData("Heat", "heat_engine")]
    [InlineData("Nova", "nova_api")]
    [InlineData("Swift", "swift_proxy")]
    [InlineData("Ironic", "ironic_conductor")]
    [InlineData("IronicInspector", "ironic_inspector")]
    public void Debug_messages_of_one_service_concern_its_containers_alone(string service, string container)
    {
        var quiet = StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("quiet.yaml", $"parameter_defaults: {{{service}Debug: 'false'}}\n")] });
        var before = Hashes(Node);
        var after = Hashes(quiet.Plan!.Nodes[0]);
        var concerned = before.Keys.Where(name => before[name] != after[name]).ToList();
        Assert.Contains(container, concerned);
        Assert.All(concerned, name => Assert.Contains(container.Split('_')[0], name));
    }

    private static string ServerFile(string service, PlanningResult? of = null) =>
        (of ?? s_result).Plan!.Nodes[0].Manifest.Files.Files.Single(file => file.Path == $"/var/lib/config-data/{service}/etc/{service}/{service}.conf").Content;

    private static IEnumerable<KeyValuePair<string, MapValue>> Containers() => ContainersOf(Node);

    private static IEnumerable<KeyValuePair<string, MapValue>> ContainersOf(NodePlan node) =>
        node.AllContainers.Select(spec => KeyValuePair.Create(spec.Name, ContainerSpecWriter.Write(spec)));

    private static Dictionary<string, string?> Hashes(NodePlan node) =>
        ContainersOf(node).ToDictionary(container => container.Key, container => (container.Value["config_hash"] as StringValue)?.Text);

    private static List<string> Mounts(string below) =>
    [
        .. Containers()
            .SelectMany(container => (container.Value["volumes"] as ListValue ?? ListValue.Empty).Items)
            .Select(volume => ((StringValue)volume).Text.Split(':')[0])
            .Where(source => source.StartsWith(below, StringComparison.Ordinal))
            .Distinct(),
    ];
}
