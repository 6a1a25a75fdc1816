namespace Undercloud.Scenarios;

/// <summary>
/// A real deployment: a virtual machine behind an IPMI controller is enrolled from an instackenv.json, inspected, deployed by Ironic alone, cleaned, and
/// deployed again by Nova for a Heat stack. It boots the undercloud's boot files, and the image that is written to its disk.
/// </summary>
[Trait("scenario", "bare-metal")]
[Trait("sandbox", "bare-metal")]
public sealed class BareMetal(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Controller = "192.168.24.201";

    // Without an accelerator, the machine needs minutes for what takes seconds on real hardware.
    private const int Patience = 1500;

    [Fact]
    public void An_undercloud_has_the_agent_and_a_machine_at_its_control_plane() => host.Step(() =>
    {
        var conf = Path.Combine(Directory.CreateTempSubdirectory().FullName, "undercloud.conf");
        File.WriteAllText(conf, "[DEFAULT]\n");
        Shell.Undercloud(["install", $"--sandbox={SandboxHost.Name}", .. SandboxHost.ReleaseOption, "--conf", conf]).Expect();
        Directory.Delete(Path.GetDirectoryName(conf)!, recursive: true);

        // Built outside, where packages are cached; only the image's files are missing in the sandbox.
        Shell.Undercloud("image", "build", "ipa", "guest", "machine").Expect();
        Assert.Contains("agent.ramdisk: written", SandboxHost.Exec("undercloud", "image", "export", "ipa").Expect().Error);
        Assert.Contains("agent.ramdisk: there already", SandboxHost.Exec("undercloud", "image", "export", "ipa").Expect().Error);
        SandboxHost.Exec("undercloud", "image", "export", "guest", "--to", "/root").Expect();
        Shell.Undercloud("sandbox", "machine", "add", "node-0", "--sandbox", SandboxHost.Name).Expect();
        SandboxHost.Bash("test \"$(stat -c %a instackenv.json)\" = 600").Expect();
    });

    [Fact]
    public void Its_node_is_enrolled_from_the_operators_file() => host.Step(() =>
    {
        Assert.Contains("node-0", SandboxHost.Exec("undercloud", "node", "import", "instackenv.json").Expect().Output);
        Assert.Equal("manageable off", Node("provision_state", "power_state"));
        SandboxHost.Exec("undercloud", "node", "import", "instackenv.json").Expect();
        Assert.Equal("node-0", SandboxHost.Exec("openstack", "baremetal", "node", "list", "-f", "value", "-c", "Name").Expect().Output.Trim());
    });

    [Fact]
    public void It_boots_the_agent_and_says_what_it_has() => host.Step(() =>
    {
        // The enrolled values are removed, so that the new ones come from the inspection.
        SandboxHost.Exec("openstack", "baremetal", "node", "unset", "node-0", "--property", "memory_mb", "--property", "cpus", "--property", "local_gb").Expect();
        SandboxHost.Exec("undercloud", "node", "introspect", "node-0", "--timeout", "25").Expect();
        Assert.Equal("manageable off", Node("provision_state", "power_state"));
        var properties = SandboxHost.Json(SandboxHost.Exec("openstack", "baremetal", "node", "show", "node-0", "-f", "json", "-c", "properties").Expect()).GetProperty("properties");
        Assert.Equal(("4096", "1", "9"), (Text(properties, "memory_mb"), Text(properties, "cpus"), Text(properties, "local_gb")));
        Assert.Contains("GET /agent.ramdisk", SandboxHost.Bash("podman logs ironic_pxe_http 2>&1").Expect().Output);
    });

    [Fact]
    public void Ironic_writes_an_image_to_its_disk_and_it_boots_from_there() => host.Step(() =>
    {
        SandboxHost.Bash("openstack image create guest --disk-format raw --container-format bare --file guest.raw").Expect();
        SandboxHost.Exec("undercloud", "node", "provide", "node-0").Expect();
        SandboxHost.Bash("""
            set -e
            node=$(openstack baremetal node show node-0 -f value -c uuid)
            port=$(openstack port create by-ironic --network ctlplane --vnic-type baremetal --host $node -f value -c id \
                --mac-address $(openstack baremetal port list --node $node -f value -c Address))
            openstack baremetal node vif attach node-0 $port
            openstack baremetal node set node-0 --instance-info image_source=$(openstack image show guest -f value -c id)
            openstack baremetal node deploy node-0 --config-drive '{"meta_data": {"hostname": "by-ironic"}}'
            """).Expect();
        Assert.Equal("active", SandboxHost.Until("openstack baremetal node show node-0 -f value -c provision_state", "active", Patience));
        Assert.Equal("other ACTIVE", SandboxHost.Exec("openstack", "port", "show", "by-ironic", "-f", "value", "-c", "status", "-c", "binding_vif_type").Expect().Output.Trim().Replace('\n', ' '));
        Assert.Equal("by-ironic", Answers("openstack port show by-ironic -f value -c fixed_ips | grep -oE '[0-9]+([.][0-9]+){3}'"));
    });

    [Fact]
    public void It_is_given_back_and_its_disk_is_cleaned() => host.Step(() =>
    {
        SandboxHost.Exec("openstack", "baremetal", "node", "undeploy", "node-0", "--wait", "300").Expect();
        Assert.Equal("available off", Node("provision_state", "power_state"));
        SandboxHost.Bash("openstack port delete by-ironic && openstack baremetal node manage node-0 --wait 120").Expect();
        Assert.Equal("55aa", BootSignature());
        SandboxHost.Bash("""openstack baremetal node clean node-0 --clean-steps '[{"interface": "deploy", "step": "erase_devices_metadata"}]'""").Expect();
        Assert.Equal("manageable", SandboxHost.Until("openstack baremetal node show node-0 -f value -c provision_state", "manageable", Patience));
        Assert.Equal("0000", BootSignature());
        SandboxHost.Exec("undercloud", "node", "provide", "node-0").Expect();
    });

    [Fact]
    public void Heat_has_Nova_deploy_it_for_a_stack() => host.Step(() =>
    {
        const string Template = """
            heat_template_version: wallaby
            resources:
              port: {type: OS::Neutron::Port, properties: {network: ctlplane}}
              server:
                type: OS::Nova::Server
                properties: {name: by-heat, image: guest, flavor: baremetal, key_name: default, config_drive: true, networks: [{port: {get_resource: port}}]}
            outputs:
              address: {value: {get_attr: [port, fixed_ips, 0, ip_address]}}
            """;
        SandboxHost.Bash($"cat > stack.yaml <<'END'\n{Template}\nEND").Expect();
        Assert.Equal("CUSTOM_BAREMETAL=1", SandboxHost.Until("openstack allocation candidate list --resource CUSTOM_BAREMETAL=1 -f value -c allocation", "CUSTOM_BAREMETAL=1", 180));
        SandboxHost.Bash("openstack stack create --timeout 30 -t stack.yaml machines").Expect();
        Assert.Equal("CREATE_COMPLETE", SandboxHost.Until("openstack stack show machines -f value -c stack_status", "CREATE_COMPLETE", Patience));
        Assert.Equal("ACTIVE", SandboxHost.Exec("openstack", "server", "show", "by-heat", "-f", "value", "-c", "status").Expect().Output.Trim());
        Assert.Equal("by-heat", Answers("openstack stack output show machines address -f value -c output_value"));
    });

    [Fact]
    public void The_stack_goes_and_leaves_the_machine_for_the_next() => host.Step(() =>
    {
        SandboxHost.Exec("openstack", "stack", "delete", "--wait", "-y", "machines").Expect();
        Assert.Equal("power off available", SandboxHost.Until("openstack baremetal node show node-0 -f value -c power_state -c provision_state | xargs", "power off available", 300));
        Assert.Equal("", SandboxHost.Exec("openstack", "server", "list", "-f", "value").Expect().Output.Trim());
        Assert.DoesNotContain("52:54:00", SandboxHost.Exec("openstack", "port", "list", "-f", "value", "-c", "MAC Address").Expect().Output);
        SandboxHost.Exec("undercloud", "status").Expect();
    });

    // The name on the machine's own page, requested until it answers.
    private static string Answers(string address) =>
        SandboxHost.Until($"curl --silent --max-time 5 http://$({address})/", said => said.Length > 0, Patience).Split('.')[0];

    // The last two bytes of the disk's first sector, read on the host while the machine is powered off.
    private static string BootSignature() => Shell.Run(
        "podman", "exec", $"undercloud-{SandboxHost.Name}-node-0", "sh", "-c",
        "qemu-img dd -O raw bs=512 count=1 if=/var/lib/machine/disk.qcow2 of=/tmp/sector && od -A n -t x1 -j 510 /tmp/sector | tr -d ' \\n'").Expect().Output.Trim();

    private static string Node(params string[] fields)
    {
        var node = SandboxHost.Json(SandboxHost.Exec("openstack", "baremetal", "node", "show", "node-0", "-f", "json").Expect());
        return string.Join(' ', fields.Select(field => Text(node, field).Replace("power ", "", StringComparison.Ordinal)));
    }

    private static string Text(System.Text.Json.JsonElement element, string property) => element.GetProperty(property).ToString();
}
