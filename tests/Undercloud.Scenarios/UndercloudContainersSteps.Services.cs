namespace Undercloud.Scenarios;

// The services after the installation.
public abstract partial class UndercloudContainersSteps
{
    [Fact]
    public void The_real_client_gets_a_token() => Step(() =>
    {
        var token = SandboxHost.Json(SandboxHost.Exec("openstack", "token", "issue", "-f", "json").Expect());
        Assert.True(token.GetProperty("id").GetString()!.Length > 50);
    });

    [Fact]
    public void Every_service_has_its_three_endpoints() => Step(() =>
    {
        var endpoints = SandboxHost.Json(SandboxHost.Exec("openstack", "endpoint", "list", "-f", "json").Expect()).EnumerateArray()
            .GroupBy(e => e.GetProperty("Service Type").GetString()!)
            .ToDictionary(g => g.Key, g => g.ToDictionary(e => e.GetProperty("Interface").GetString()!, e => e.GetProperty("URL").GetString()));
        Assert.Equal(["baremetal", "baremetal-introspection", "cloudformation", "compute", "identity", "image", "network", "object-store", "orchestration", "placement"], endpoints.Keys.Order());
        Assert.All(endpoints.Values, urls => Assert.Equal(["admin", "internal", "public"], urls.Keys.Order()));
        Assert.Equal("https://192.168.24.2:13000", endpoints["identity"]["public"]);
        Assert.Equal("http://192.168.24.3:5000", endpoints["identity"]["internal"]);
        Assert.Equal("https://192.168.24.2:13292", endpoints["image"]["public"]);
        Assert.Equal("http://192.168.24.3:8778/placement", endpoints["placement"]["internal"]);
    });

    [Fact]
    public void Glance_keeps_an_image() => Step(() =>
    {
        SandboxHost.Bash("head -c 20000000 /dev/urandom > /tmp/image && openstack image create --disk-format raw --container-format bare --file /tmp/image kept").Expect();
        var image = SandboxHost.Json(SandboxHost.Exec("openstack", "image", "show", "kept", "-f", "json").Expect());
        Assert.Equal("active", image.GetProperty("status").GetString());
        Assert.Equal(20000000, image.GetProperty("size").GetInt32());
        SandboxHost.Bash("openstack image save --file /tmp/saved kept && cmp /tmp/image /tmp/saved").Expect();
        SandboxHost.Bash("openstack image delete kept && rm /tmp/image /tmp/saved").Expect();
        Assert.Equal("", SandboxHost.Exec("openstack", "image", "list", "-f", "value").Expect().Output.Trim());
        Assert.Equal("", SandboxHost.Bash("ls /var/lib/glance/images").Expect().Output.Trim());
    });

    [Fact]
    public void Placement_keeps_a_resource_provider() => Step(() =>
    {
        SandboxHost.Exec("openstack", "resource", "provider", "create", "kept").Expect();
        Assert.Equal("kept", SandboxHost.Exec("openstack", "resource", "provider", "list", "-f", "value", "-c", "name").Expect().Output.Trim());
        SandboxHost.Bash("openstack resource provider delete $(openstack resource provider list -f value -c uuid)").Expect();
        Assert.Equal("", SandboxHost.Exec("openstack", "resource", "provider", "list", "-f", "value").Expect().Output.Trim());
    });

    [Fact]
    public void Heat_makes_and_deletes_a_stack() => Step(() =>
    {
        const string Template = """
            heat_template_version: wallaby
            resources:
              word: {type: OS::Heat::RandomString, properties: {length: 12}}
              handle: {type: OS::Heat::WaitConditionHandle}
            outputs:
              word: {value: {get_attr: [word, value]}}
              curl: {value: {get_attr: [handle, curl_cli]}}
            """;
        SandboxHost.Bash($"cat > /tmp/stack.yaml <<'END'\n{Template}\nEND\nopenstack stack create --wait -t /tmp/stack.yaml made").Expect();
        Assert.Equal("CREATE_COMPLETE", SandboxHost.Exec("openstack", "stack", "show", "made", "-f", "value", "-c", "stack_status").Expect().Output.Trim());
        Assert.Matches("^[A-Za-z0-9]{12}$", Output("word"));
        Assert.Contains("http://192.168.24.3:8004/v1/", Output("curl"));
        Assert.Contains("made", SandboxHost.Exec("openstack", "stack", "list", "-f", "value").Expect().Output);
        SandboxHost.Bash("openstack stack delete --wait -y made && rm /tmp/stack.yaml").Expect();
        Assert.Equal("", SandboxHost.Exec("openstack", "stack", "list", "-f", "value").Expect().Output.Trim());

        static string Output(string name) => SandboxHost.Exec("openstack", "stack", "output", "show", "made", name, "-f", "value", "-c", "output_value").Expect().Output.Trim();
    });

    [Fact]
    public void Swift_keeps_an_object_and_gives_it_away_by_a_temporary_address() => Step(() =>
    {
        SandboxHost.Bash("head -c 3000000 /dev/urandom > /tmp/object && cd /tmp && openstack container create box && openstack object create box object").Expect();
        SandboxHost.Bash("openstack object save --file /tmp/fetched box object && cmp /tmp/object /tmp/fetched").Expect();
        SandboxHost.Bash("openstack object store account set --property Temp-URL-Key=key-of-the-scenario").Expect();
        var account = SandboxHost.Exec("openstack", "object", "store", "account", "show", "-f", "value", "-c", "Account").Expect().Output.Trim();
        var address = SandboxHost.Bash($"swift tempurl GET 600 /v1/{account}/box/object key-of-the-scenario").Expect().Output.Trim();
        SandboxHost.Bash($"curl -sf -o /tmp/fetched 'https://192.168.24.2:13808{address}' && cmp /tmp/object /tmp/fetched").Expect();
        Assert.Equal("401", SandboxHost.Bash($"curl -s -o /dev/null -w '%{{http_code}}' https://192.168.24.2:13808/v1/{account}/box/object").Output.Trim());
    });

    [Fact]
    public void Status_says_that_all_is_well() => Step(() =>
    {
        var status = SandboxHost.Json(SandboxHost.Exec("undercloud", "status", "-f", "json").Expect());
        Assert.True(status.GetProperty("good").GetBoolean());
        Assert.Equal("applied", status.GetProperty("applied").GetProperty("state").GetString());
        Assert.Equal(30, status.GetProperty("endpoints").GetArrayLength());
        var services = status.GetProperty("containers").EnumerateArray().Where(c => c.GetProperty("state").GetString() == "running").ToList();
        Assert.Contains("mysql", services.Select(c => c.GetProperty("name").GetString()));
        Assert.All(services, c =>
        {
            Assert.Equal(("healthy", 0), (c.GetProperty("health").GetString(), c.GetProperty("restarts").GetInt32()));
            Assert.True(c.GetProperty("memory").GetInt64() > 0 && c.GetProperty("ready_seconds").GetDouble() > 0 && c.GetProperty("started").GetDateTimeOffset() < DateTimeOffset.UtcNow);
        });
    });

    [Fact]
    public void Flavors_and_the_operators_key_are_there() => Step(() =>
    {
        Assert.Equal(
            "baremetal block-storage ceph-storage compute control swift-storage",
            SandboxHost.Bash("openstack flavor list -f value -c Name | sort | xargs").Expect().Output.Trim());
        var flavor = SandboxHost.Exec("openstack", "flavor", "show", "control", "-f", "json").Expect().Output;
        Assert.Contains("CUSTOM_BAREMETAL", flavor);
        Assert.Contains("capabilities:profile", flavor);
        Assert.Equal("default", SandboxHost.Exec("openstack", "keypair", "list", "-f", "value", "-c", "Name").Expect().Output.Trim());
        SandboxHost.Bash("openssl rsa -in ~/.ssh/id_rsa -check -noout && test \"$(stat -c %a ~/.ssh/id_rsa)\" = 600").Expect();
    });
}
