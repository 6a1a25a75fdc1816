using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Deploy;

public sealed class ConfigOverridesTests
{
    [Fact]
    public void An_option_of_an_ini_file_reaches_the_file()
    {
        var result = Plan("KeystoneConfigOverrides: {keystone.conf: {token: {expiration: 3600}, new: {list: [a, b]}}}");
        Assert.Empty(result.Findings());
        Assert.Equal(["provider = fernet", "expiration = 3600"], result.Section("keystone.conf", "token"));
        Assert.Equal(["list = a", "list = b"], result.Section("keystone.conf", "new"));
    }

    [Fact]
    public void A_null_takes_an_option_out()
    {
        var result = Plan("KeystoneConfigOverrides: {keystone.conf: {token: {expiration: ~}, cache: {enabled: ~, backend: ~, memcache_servers: ~, memcache_dead_retry: ~}}}");
        Assert.Empty(result.Findings());
        Assert.Equal(["provider = fernet"], result.Section("keystone.conf", "token"));
        Assert.DoesNotContain("[cache]", result.TextFile("keystone.conf").Content);
    }

    [Fact]
    public void A_file_may_be_named_by_its_whole_path() => Assert.Equal(
        ["provider = jws", "expiration = 60"],
        Plan("KeystoneConfigOverrides: {keystone.conf: {token: {provider: x, expiration: 60}}, /etc/keystone/keystone.conf: {token: {provider: jws}}}")
            .Section("keystone.conf", "token"));

    [Fact]
    public void Options_without_sections_reach_their_file()
    {
        var result = Plan("""
            RabbitmqConfigOverrides: {rabbitmq.conf: {log.console.level: error, heartbeat: 30}, rabbitmq-env.conf: {NODENAME: rabbit@here}}
              MysqlConfigOverrides: {99-undercloud.cnf: {mysqld: {max_connections: 99}, client: {quick: true}}}
              MemcachedConfigOverrides: {memcached.conf: {threads: 8, enable-largepages: true, port: ~}}
              ChronyConfigOverrides: {undercloud.sources: {server: [a iburst, b]}}
            """);
        Assert.Empty(result.Findings());
        var rabbit = result.Section("rabbitmq.conf");
        Assert.Contains("log.console.level = error", rabbit);
        Assert.Contains("listeners.tcp.1 = 192.168.24.1:5672", rabbit);
        Assert.Equal("heartbeat = 30", rabbit[^1]);
        Assert.Equal("NODENAME=rabbit@here", result.Section("rabbitmq-env.conf")[0]);
        Assert.Contains("max_connections = 99", result.Section("99-undercloud.cnf", "mysqld"));
        Assert.Equal(["quick = true"], result.Section("99-undercloud.cnf", "client"));
        Assert.Equal(["--listen=192.168.24.1", "--memory-limit=256", "--conn-limit=8192", "--threads=8", "--enable-largepages"], result.Section("memcached.conf"));
        Assert.Equal(["server a iburst", "server b"], result.Section("undercloud.sources")[^2..]);
    }

    [Fact]
    public void Every_file_of_options_that_the_collection_writes_can_be_overridden()
    {
        var parameters = new Dictionary<string, List<string>>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(CollectionPlan.Templates, "deployment"), "*.yaml", SearchOption.AllDirectories))
        {
            var data = (MapValue)YamlReader.Read(File.ReadAllText(path), path, new DiagnosticBag())!.ToValue();
            var files = FilesOf(data["outputs"]!).ToList();
            if (files.Count == 0 || !((MapValue)data["outputs"]!).ContainsKey("role_data"))
                continue;
            var parameter = Assert.Single(((MapValue)data["parameters"]!).Keys, name => name.EndsWith("ConfigOverrides", StringComparison.Ordinal));
            parameters.TryAdd(parameter, []);
            parameters[parameter].AddRange(files);
        }

        Assert.Superset(new HashSet<string> { "KeystoneConfigOverrides", "GlanceConfigOverrides", "PlacementConfigOverrides", "MysqlConfigOverrides", "RabbitmqConfigOverrides" }, parameters.Keys.ToHashSet());
        foreach (var (parameter, files) in parameters)
        {
            foreach (var file in files)
            {
                var flat = Plan($"{parameter}: {{{file}: {{marker: here}}}}");
                var result = flat.Plan is null ? Plan($"{parameter}: {{{file}: {{section: {{marker: here}}}}}}") : flat;
                Assert.Empty(result.Findings());
                var written = result.Plan!.Nodes[0].Manifest.Files.Files.Where(there => there.Path.EndsWith(file, StringComparison.Ordinal)).ToList();
                Assert.NotEmpty(written);
                Assert.All(written, there => Assert.Matches("marker ?= ?here|marker here|\"marker\": \"here\"", there.Content));
            }
        }
    }

    [Fact]
    public void An_override_changes_the_hash_of_its_container_alone()
    {
        var before = Containers(Plan("{}"));
        var after = Containers(Plan("MemcachedConfigOverrides: {memcached.conf: {threads: 8}}"));
        Assert.Equal(["memcached"], before.Keys.Where(name => before[name] != after[name]));
    }

    [Theory]
    [InlineData("{keyston.conf: {a: {b: 1}}}", 29, "PLAN011", "Did you mean 'keystone.conf'?")]
    [InlineData("{DEFAULT: {debug: true}}", 29, "PLAN011", "Its files are keystone.conf, keystone-uwsgi.ini.")]
    [InlineData("{bootstrap-password: {a: 1}}", 29, "PLAN011", "KeystoneConfigOverrides.bootstrap-password is a file without options")]
    [InlineData("{keystone.conf: {debug: true}}", 45, "PLAN012", "KeystoneConfigOverrides.keystone.conf.debug is of type boolean where a section")]
    [InlineData("{keystone.conf: {token: {expiration: {a: 1}}}}", 53, "PLAN012", "KeystoneConfigOverrides.keystone.conf.token.expiration is of type map")]
    [InlineData("{keystone.conf: 7}", 29, "PLAN012", "KeystoneConfigOverrides.keystone.conf is of type integer where a map of sections belongs")]
    public void What_does_not_fit_is_said_with_its_own_place(string value, int column, string code, string expected)
    {
        var result = Plan($"KeystoneConfigOverrides: {value}");
        var finding = Assert.Single(result.Diagnostics);
        Assert.Null(result.Plan);
        Assert.Equal((code, $"custom.yaml:2:{column}"), (finding.Code, finding.Location.ToString()));
        Assert.Contains(expected, finding.ToString());
    }

    [Fact]
    public void What_does_not_fit_is_said_of_the_file_that_has_it_and_not_of_a_later_one()
    {
        var result = StackPlanner.Plan(CollectionPlan.Inputs() with
        {
            Environments =
            [
                new("one.yaml", "parameter_defaults:\n  KeystoneConfigOverrides:\n    keystone.conf: {token: {expiration: {a: 1}}}\n"),
                new("two.yaml", "parameter_defaults:\n  KeystoneConfigOverrides: {keystone.conf: {token: {provider: jws}}}\n"),
            ],
        });
        Assert.Equal(("PLAN012", "one.yaml:3:29"), Assert.Single(result.Diagnostics) is var finding ? (finding.Code, finding.Location.ToString()) : default);
    }

    [Fact]
    public void A_misspelled_parameter_is_named() =>
        Assert.Contains(Plan("KeystoneConfigOverride: {}").Findings(), text => text.Contains("Did you mean 'KeystoneConfigOverrides'?", StringComparison.Ordinal));

    [Fact]
    public void What_the_operator_sets_settles_what_two_services_disagree_on()
    {
        const string Part = """
            {"service_name": "NAME", "config_overrides": OVERRIDES,
             "config_files": {"nova": {"/etc/nova/nova.conf": {"ini": {"DEFAULT": {"workers": VALUE, "debug": true}}}}}}
            """;
        var first = Part.Replace("NAME", "api").Replace("VALUE", "1").Replace("OVERRIDES", """{"nova.conf": {"DEFAULT": {"workers": 3}}}""");
        var second = Part.Replace("NAME", "conductor").Replace("VALUE", "2");
        Assert.Equal("[DEFAULT]\nworkers = 3\ndebug = true\n", Planned([first, second.Replace("OVERRIDES", "{}")], out var none));
        Assert.Empty(none);
        Planned([first, second.Replace("OVERRIDES", """{"nova.conf": {"DEFAULT": {"workers": 4}}}""")], out var findings);
        Assert.Contains("the overrides of api and the overrides of conductor want different values", Assert.Single(findings).Message);
    }

    [Fact]
    public void A_yaml_file_is_overridden_at_any_depth() => Assert.Equal(
        "a:\n  b: 2\n  c:\n    d: 3\n",
        Planned(["""{"service_name": "x", "config_overrides": {"p.yaml": {"a": {"c": {"d": 3, "e": null}}}}, "host_files": {"/etc/p.yaml": {"yaml": {"a": {"b": 2, "c": {"d": 1, "e": 1}}}}}}"""], out _));

    private static string Planned(string[] services, out IReadOnlyList<Diagnostic> findings)
    {
        var diagnostics = new DiagnosticBag();
        var data = Undercloud.Deploy.Services.RoleDataReader.Read(new ListValue([.. services.Select(CanonicalJson.Read)]), diagnostics);
        var plan = Planner.Plan(data, new("undercloud", "zed", "undercloud", "Undercloud", new Dictionary<string, string>(), []), diagnostics);
        findings = diagnostics.All;
        return plan.Nodes[0].Manifest.Files.Files.Single(file => file.Path.Contains("/etc/", StringComparison.Ordinal)).Content;
    }

    private static PlanningResult Plan(string parameters) =>
        StackPlanner.Plan(CollectionPlan.Inputs() with { Environments = [new("custom.yaml", $"parameter_defaults:\n  {parameters}\n")] });

    private static Dictionary<string, string?> Containers(PlanningResult result) => result.Plan!.Nodes[0].AllContainers
        .ToDictionary(container => container.Name, container => container.ConfigHash);

    private static IEnumerable<string> FilesOf(Value value) => value switch
    {
        MapValue map => map.Entries.SelectMany(entry => entry.Key.StartsWith('/') && entry.Value is MapValue file && (file.ContainsKey("ini") || file.ContainsKey("options") || file.ContainsKey("yaml") || file.ContainsKey("json"))
            ? [entry.Key]
            : FilesOf(entry.Value)),
        ListValue list => list.Items.SelectMany(FilesOf),
        _ => [],
    };
}
