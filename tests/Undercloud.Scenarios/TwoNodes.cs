namespace Undercloud.Scenarios;

/// <summary>
/// A cloud of two hosts by `undercloud deploy` alone: the database, the message queue and the cache on the first host, which deploys, Keystone and Glance on
/// the second.
/// </summary>
[Trait("scenario", "two-nodes")]
[Trait("sandbox", "two-nodes")]
public sealed class TwoNodes(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Deploy = "cd /root/cloud && undercloud deploy -r roles.yaml --nodes nodes.yaml --local-interface eth1 -e own.yaml";
    private const string Unchanged = "nothing was changed";

    private static string Second => $"{SandboxHost.Name}-2";

    [Fact(Explicit = true)]
    public void Two_hosts_reach_each_other() => host.Step(() =>
    {
        Shell.Undercloud(["sandbox", "create", SandboxHost.Name, "--nodes", "2", .. SandboxHost.ReleaseOption]).Expect();

        // A dry run copies the tool into the sandbox and builds missing images.
        Shell.Undercloud(["install", $"--sandbox={SandboxHost.Name}", "--dry-run", .. SandboxHost.ReleaseOption]).Expect();
        Assert.Equal(Second, OnSecond("hostname").Expect().Output.Trim());
        Write("roles.yaml", """
            - name: Database
              ServicesDefault: [OS::TripleO::Services::UndercloudHost, OS::TripleO::Services::TripleoFirewall, OS::TripleO::Services::MySQL, OS::TripleO::Services::OsloMessagingRpc, OS::TripleO::Services::Memcached]
            - name: Api
              ServicesDefault: [OS::TripleO::Services::UndercloudHost, OS::TripleO::Services::TripleoFirewall, OS::TripleO::Services::Keystone, OS::TripleO::Services::GlanceApi]
            """);
        Write("own.yaml", "parameter_defaults: {GlanceWorkers: 1}");
        OnSecond("useradd -m deployer && echo 'deployer ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/deployer && cp -r /root/.ssh /home/deployer/ && chown -R deployer: /home/deployer/.ssh").Expect();
        SandboxHost.Remember("files", string.Join('\n', Files()));
    });

    [Fact(Explicit = true)]
    public void Mistakes_are_found_together_before_anything_is_changed() => host.Step(() =>
    {
        OnSecond("podman create -q --name stranger --label managed_by=paunch localhost/undercloud/memcached:" + SandboxHost.Release).Expect();
        Write("nodes.yaml", $$"""
            - {name: node-1, role: Databse, address: 192.168.24.11/24, connection: local}
            - {name: node-2, role: Api, address: 192.168.24.12/24, host: {{Second}}}
            - {name: node-3, role: Api, address: 192.168.24.12/24, host: {{Second}}, port: 2222}
            """);
        var said = SandboxHost.Bash(Deploy).Expect(3).Error;
        foreach (var part in new[] { "nodes.yaml:1:24", "Did you mean 'Database'?", "another installer: stranger", "node-3 cannot be reached", "Two nodes have the address 192.168.24.12" })
            Assert.Contains(part, said, StringComparison.Ordinal);
        OnSecond("podman rm stranger").Expect();
        Assert.Equal(SandboxHost.Remembered("files"), string.Join('\n', Files()));
        Write("nodes.yaml", $$"""
            - {name: node-1, role: Database, address: 192.168.24.11/24, connection: local}
            - {name: node-2, role: Api, address: 192.168.24.12/24, host: {{Second}}}
            """);
        var plan = SandboxHost.Bash($"{Deploy} --dry-run").Expect().Output;
        Assert.Contains("Node node-2, role Api", plan, StringComparison.Ordinal);
    });

    [Fact(Explicit = true)]
    public void Each_node_gets_the_services_of_its_role() => host.Step(() =>
    {
        SandboxHost.Bash(Deploy).Expect();
        Assert.Equal(["memcached", "mysql", "rabbitmq"], Containers(1).Select(NameOf).Order());
        Assert.Equal(["glance_api", "keystone"], Containers(2).Select(NameOf).Order());
        Assert.Equal("http://192.168.24.12:5000 http://192.168.24.12:9292", string.Join(' ', SandboxHost.Exec("openstack", "endpoint", "list", "-f", "value", "-c", "URL").Expect().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order()));
        SandboxHost.Exec("undercloud", "status").Expect();
    });

    [Fact(Explicit = true)]
    public void Glance_on_one_node_serves_an_image_with_the_database_on_the_other() => host.Step(() =>
    {
        SandboxHost.Exec("openstack", "token", "issue").Expect();
        SandboxHost.Bash("""
            set -e
            cd /root/cloud
            head -c 1000000 /dev/urandom > sent
            openstack image create --disk-format raw --container-format bare --file sent random >/dev/null
            openstack image save --file received random
            cmp sent received
            """).Expect();

        // The database accepts connections from the nodes of the cloud; on them, the cache accepts only the services' users.
        OnSecond("exec 3<>/dev/tcp/192.168.24.11/3306").Expect();
        Assert.NotEqual(0, OnSecond("setpriv --reuid nobody --clear-groups bash -c 'exec 3<>/dev/tcp/192.168.24.11/11211'").ExitCode);
        OnSecond("setpriv --reuid 42425 --clear-groups bash -c 'exec 3<>/dev/tcp/192.168.24.11/11211'").Expect();
    });

    [Fact(Explicit = true)]
    public void A_second_run_changes_neither_node() => host.Step(() =>
    {
        var before = Both();
        Assert.Contains(Unchanged, SandboxHost.Bash(Deploy).Expect().Error, StringComparison.Ordinal);
        Assert.Equal(before, Both());
    });

    [Fact(Explicit = true)]
    public void One_option_touches_one_node() => host.Step(() =>
    {
        var (first, second) = (Containers(1), Containers(2));
        Write("own.yaml", "parameter_defaults: {GlanceWorkers: 2}");
        SandboxHost.Bash(Deploy).Expect();
        Assert.Equal(first, Containers(1));
        Assert.Equal(["glance_api"], Containers(2).Except(second).Select(NameOf));
    });

    [Fact(Explicit = true)]
    public void An_update_that_fails_goes_back_on_both_nodes_and_one_that_succeeds_goes_back_by_hand() => host.Step(() =>
    {
        var before = Images();
        SandboxHost.Bash($$"""
            for name in memcached keystone; do
                printf 'FROM %s\nLABEL next=1\n' localhost/undercloud/$name:{{SandboxHost.Release}} | podman build --quiet --tag localhost/undercloud/$name:{{SandboxHost.Release}} - >/dev/null
            done
            """).Expect();
        Assert.Contains("Rolled back", SandboxHost.Bash($"UNDERCLOUD_FAULT=endpoints:error; export UNDERCLOUD_FAULT; {Deploy} --update --keep-images").Expect(5).Error, StringComparison.Ordinal);
        Assert.Equal(before, Images());
        var (first, second) = (Containers(1), Containers(2));
        SandboxHost.Bash($"{Deploy} --update --keep-images").Expect();
        Assert.Equal(["memcached"], Containers(1).Except(first).Select(NameOf));
        Assert.Equal(["keystone"], Containers(2).Except(second).Select(NameOf));
        SandboxHost.Bash("undercloud rollback -y").Expect();
        Assert.Equal(before, Images());
        SandboxHost.Exec("undercloud", "status").Expect();
    });

    [Fact(Explicit = true)]
    public void The_ssh_user_may_be_one_with_sudo() => host.Step(() =>
    {
        Write("nodes.yaml", $$"""
            - {name: node-1, role: Database, address: 192.168.24.11/24, connection: local}
            - {name: node-2, role: Api, address: 192.168.24.12/24, host: {{Second}}, user: deployer}
            """);
        Write("own.yaml", "parameter_defaults: {GlanceWorkers: 3}");
        SandboxHost.Bash(Deploy).Expect();
        SandboxHost.Exec("undercloud", "status").Expect();
        Assert.Contains(Unchanged, SandboxHost.Bash(Deploy).Expect().Error, StringComparison.Ordinal);
    });

    [Fact(Explicit = true)]
    public void Drift_on_a_node_is_found_and_mended() => host.Step(() =>
    {
        OnSecond("echo stray >> /var/lib/config-data/glance_api/etc/glance/glance-api.conf").Expect();
        var drift = SandboxHost.Exec("undercloud", "status", "-f", "json").Expect(1);
        var change = Assert.Single(SandboxHost.Json(drift).GetProperty("drift").EnumerateArray());
        Assert.Equal(("node-2", "update"), (change.GetProperty("node").GetString(), change.GetProperty("action").GetString()));
        SandboxHost.Bash(Deploy).Expect();
        SandboxHost.Exec("undercloud", "status").Expect();
    });

    [Fact(Explicit = true)]
    public void An_image_that_a_node_misses_is_copied_to_it() => host.Step(() =>
    {
        SandboxHost.Bash($"podman run --name own localhost/undercloud/keystone:{SandboxHost.Release} true && podman commit -q own localhost/own/keystone:1 && podman rm own").Expect();
        Write("own.yaml", "parameter_defaults: {GlanceWorkers: 3, ContainerKeystoneImage: 'localhost/own/keystone:1'}");
        SandboxHost.Bash(Deploy).Expect();
        const string Id = "podman image inspect --format '{{.Id}}' localhost/own/keystone:1";
        Assert.Equal(SandboxHost.Bash(Id).Expect().Output, OnSecond(Id).Expect().Output);
        SandboxHost.Exec("openstack", "token", "issue").Expect();
    });

    [Fact(Explicit = true)]
    public void An_unreachable_node_is_named_and_a_rerun_converges() => host.Step(() =>
    {
        var first = Containers(1);
        Write("own.yaml", "parameter_defaults: {GlanceWorkers: 1}");
        Shell.Undercloud("sandbox", "exec", "--name", SandboxHost.Name, "--node", "2", "--", "systemctl", "stop", "ssh").Expect();
        Assert.Contains("node-2 cannot be reached", SandboxHost.Bash(Deploy).Expect(3).Error, StringComparison.Ordinal);
        Assert.Contains("node-2 cannot be reached", SandboxHost.Exec("undercloud", "status").Expect(1).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);

        // The node is lost during a run: the run ends with the node's name, and the other node stays as it is.
        Shell.Undercloud("sandbox", "exec", "--name", SandboxHost.Name, "--node", "2", "--", "systemctl", "start", "ssh").Expect();
        var lost = SandboxHost.Bash($"({Deploy} 2>&1; echo ended $?) > /root/cloud/lost & until grep -q 'Step 1' /root/cloud/lost; do sleep 0.2; done; ssh {Second} 'systemctl stop ssh; pkill -KILL sshd'; wait; cat /root/cloud/lost").Output;
        Assert.Contains("ended 1", lost, StringComparison.Ordinal);
        Assert.Contains("node-2", lost, StringComparison.Ordinal);
        Assert.Equal(first, Containers(1));
        Shell.Undercloud("sandbox", "exec", "--name", SandboxHost.Name, "--node", "2", "--", "systemctl", "start", "ssh").Expect();
        SandboxHost.Bash(Deploy).Expect();
        SandboxHost.Exec("undercloud", "status").Expect();
        Assert.Contains(Unchanged, SandboxHost.Bash(Deploy).Expect().Error, StringComparison.Ordinal);
    });

    [Fact(Explicit = true)]
    public void Uninstall_leaves_no_trace_on_either_node() => host.Step(() =>
    {
        SandboxHost.Exec("undercloud", "uninstall", "-y", "--purge").Expect();
        Assert.Empty(Containers(1));
        Assert.Empty(Containers(2));
        var before = SandboxHost.Remembered("files").Split('\n');
        Assert.Empty(Files().Except(before));
        Assert.DoesNotContain("192.168.24.", SandboxHost.Bash("ip -br address").Expect().Output + OnSecond("ip -br address").Expect().Output, StringComparison.Ordinal);
    });

    // The files of both hosts, each with its host.
    private static IEnumerable<string> Files() => SandboxHost.Files().Where(file => !file.StartsWith("/root/cloud", StringComparison.Ordinal)).Select(file => $"1 {file}")
        .Concat(OnSecond(SandboxHost.FilesCommand).Expect().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(SandboxHost.IsLasting).Select(file => $"2 {file}"));

    private static string[] Containers(int node)
    {
        const string List = "podman ps -q | xargs -r podman inspect --format '{{.Name}} {{.Id}} {{.State.StartedAt}}'";
        return [.. (node == 1 ? SandboxHost.Bash(List) : OnSecond(List)).Expect().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    // Each running container of both nodes with the id of its image.
    private static string Images()
    {
        const string List = "podman ps -q | xargs -r podman inspect --format '{{.Name}} {{.Image}}' | sort";
        return SandboxHost.Bash(List).Expect().Output + OnSecond(List).Expect().Output;
    }

    private static List<string> Both() => [.. Containers(1), .. Containers(2)];

    private static string NameOf(string container) => container.Split(' ')[0];

    private static Ran OnSecond(string line) => SandboxHost.Exec("ssh", "-o", "BatchMode=yes", Second, line);

    private static void Write(string file, string text) => SandboxHost.Bash($"mkdir -p /root/cloud && cat > /root/cloud/{file} <<'.'\n{text}\n.").Expect();
}
