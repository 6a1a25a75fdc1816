using System.Collections.Immutable;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Plans;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

/// <summary>What the planner makes of containers in role data, and where it says that something is wrong with them.</summary>
public sealed class TypedContainersTests
{
    private const string Template = """
        heat_template_version: wallaby
        resources:
          Common:
            type: OS::Heat::Value
            properties:
              type: json
              value:
                image: i
                volums: []
        outputs:
          role_data:
            value:
              service_name: s
              container_config:
                step_4:
                  api:
                    map_merge:
                      - {get_attr: [Common, value]}
                      - restart: sometimes
        """;

    [Fact]
    public void A_configuration_file_is_mounted_where_its_service_has_it()
    {
        var spec = Assert.Single(Plan("""
            {"service_name": "s", "config_files": {"v": {"/etc/s/s.conf": {"text": "x"}}}, "container_config": {"step_3": {"c": {"image": "i", "config_files": ["v/etc/s/s.conf"]}}}}
            """, out var diagnostics)!.Nodes[0].ContainersOf(3));
        Assert.Empty(diagnostics);
        Assert.Equal(["/var/lib/config-data/v/etc/s/s.conf:/etc/s/s.conf:ro"], spec.Volumes);
        Assert.NotNull(spec.ConfigHash);
    }

    [Fact]
    public void A_configuration_file_that_no_service_writes_is_an_error_with_the_nearest_name()
    {
        Plan("""
            {"service_name": "s", "config_files": {"v": {"/etc/s/s.conf": {"text": "x"}}}, "container_config": {"step_3": {"c": {"image": "i", "config_files": ["v/etc/s/t.conf", "v"]}}}}
            """, out var diagnostics);
        Assert.Equal(["PLAN031", "PLAN030"], diagnostics.Select(finding => finding.Code));
        Assert.Contains("Did you mean v/etc/s/s.conf?", diagnostics[0].ToString());
    }

    [Theory]
    [InlineData("command", """["run", "--password=sesame-open"]""")]
    [InlineData("environment", """{"PASSWORD": "sesame-open"}""")]
    [InlineData("labels", """{"note": "sesame-open"}""")]
    [InlineData("healthcheck", """{"test": "curl -u a:sesame-open host"}""")]
    public void A_secret_that_podman_would_show_is_an_error(string key, string value)
    {
        Plan("""{"service_name": "s", "container_config": {"step_3": {"c": {"image": "i", "KEY": VALUE}}}}""".Replace("KEY", key).Replace("VALUE", value), out var diagnostics, "sesame-open");
        var finding = Assert.Single(diagnostics);
        Assert.Equal("PLAN032", finding.Code);
        Assert.Contains(key, finding.Message);
        Assert.DoesNotContain("sesame", finding.ToString());
    }

    [Fact]
    public void A_secret_that_is_a_part_of_another_word_is_none()
    {
        Plan("""{"service_name": "s", "container_config": {"step_3": {"c": {"image": "i", "command": ["run", "--passwordfile=/x"]}}}}""", out var diagnostics, "password");
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void A_wrong_key_and_a_wrong_value_are_found_at_their_places_in_the_template()
    {
        var places = new ServicePlaces(new InMemoryFiles(new Dictionary<string, string> { ["deployment/s.yaml"] = Template }), ["deployment/s.yaml"]);
        Plan(
            """{"service_name": "s", "container_config": {"step_4": {"api": {"image": "i", "volums": [], "restart": "sometimes"}}}}""",
            out var diagnostics, locate: (service, keys) => places.Find(service, keys));
        Assert.Equal(
            [("deployment/s.yaml", 9), ("deployment/s.yaml", 19)],
            diagnostics.Select(finding => (finding.Location!.Value.Path, finding.Location.Value.Line)));
    }

    [Fact]
    public void A_job_that_migrates_a_database_of_nobody_is_an_error()
    {
        Plan("""{"service_name": "s", "databases": [{"name": "nova", "user": "u", "password": "p"}], "container_config": {"step_3": {"c": {"image": "i", "detach": false, "job": "migrate", "databases": ["nva"]}}}}""", out var diagnostics);
        Assert.Contains("Did you mean nova?", Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void A_plan_read_back_from_its_JSON_has_the_same_containers()
    {
        var plan = Plan("""{"service_name": "s", "container_config": {"step_3": {"c": {"image": "i", "detach": false, "job": "sync"}}}}""", out _)!;
        var read = PlanJson.Read(PlanJson.Write(plan));
        Assert.Equal(plan.Hash, read.Hash);
        Assert.Equal(ContainerJob.Sync, Assert.Single(read.Nodes[0].AllContainers).Job);
    }

    private static DeploymentPlan? Plan(string service, out ImmutableArray<Diagnostic> findings, string? secret = null, Func<string, string[], SourceSpan?>? locate = null)
    {
        var diagnostics = new DiagnosticBag();
        var services = RoleDataReader.Read(new ListValue([CanonicalJson.Read(service)]), diagnostics);
        var inputs = new PlanInputs("undercloud", "zed", "undercloud", "Undercloud", new Dictionary<string, string>(), [])
        {
            Secrets = secret is null ? [] : [secret],
            Locate = locate ?? ((_, _) => null),
        };
        var plan = Planner.Plan(services, inputs, diagnostics);
        findings = diagnostics.All;
        return plan;
    }
}
