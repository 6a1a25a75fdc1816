using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Containers;

public sealed class ContainerSpecReaderTests
{
    [Fact]
    public void An_unknown_key_is_reported_with_the_nearest_one_and_its_place()
    {
        var finding = Assert.Single(Specs.Findings("{\n  \"image\": \"k:1\",\n  \"volums\": []\n}"));
        Assert.Equal("step.json:3:3: error CTR004: Container 'keystone': volums is no key of a container.\n  Did you mean 'volumes'?", finding.ToString());
    }

    [Fact]
    public void Everything_wrong_is_reported_at_once()
    {
        var findings = Specs.Findings(
            """
            {"a": {"mem_limit": "lots", "restart": "never", "privileged": "perhaps"},
             "b": {"action": "exec", "command": "only_a_target"},
             "c": 1}
            """, name: null);
        Assert.Equal(
            [
                "Container 'a': it names no 'image'.",
                "Container 'a': mem_limit must be a size such as 1g or 1073741824, not \"lots\".",
                "Container 'a': privileged must be true or false, not \"perhaps\".",
                "Container 'a': restart must be no, always, on-failure or unless-stopped, not \"never\".",
                "Container 'b': the command of an exec is a container's name and the words to run in it.",
                "Container 'c' is a map of keys, not of type integer.",
            ],
            findings.Select(finding => finding.Message).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("volumes", """["./relative:/x"]""")]
    [InlineData("volumes", """["/a:relative"]""")]
    [InlineData("labels", """{"config_id": "mine"}""")]
    [InlineData("image_id", "\"abc\"")]
    [InlineData("exit_codes", "[256]")]
    [InlineData("command", "\"echo 'open\"")]
    [InlineData("stop_grace_period", "\"soon\"")]
    [InlineData("action", "\"build\"")]
    [InlineData("healthcheck", """{"test": "true", "every": 3}""")]
    [InlineData("healthcheck", """{"test": "true", "on_failure": "kill"}""")]
    [InlineData("environment", """{"A": [1]}""")]
    public void A_value_that_means_nothing_is_an_error(string key, string value) =>
        Assert.NotEmpty(Specs.Findings($$"""{"image": "k:1", "{{key}}": {{value}}}"""));

    [Fact]
    public void Text_that_is_no_json_is_reported_with_its_place() =>
        Assert.StartsWith("step.json:2:1: error CTR001", Specs.Findings("{\"image\": \"k\"\nvolumes")[0].ToString());

    [Fact]
    public void A_container_described_in_two_files_is_an_error()
    {
        var diagnostics = new Undercloud.Heat.Diagnostics.DiagnosticBag();
        StartupConfiguration.Read([new("a.json", """{"image": "k"}""", "k"), new("b.json", """{"k": {"image": "k"}}""")], diagnostics);
        Assert.Equal("CTR003", Assert.Single(diagnostics.All).Code);
    }

    [Fact]
    public void Detach_false_makes_a_one_shot_and_the_action_exec_an_exec()
    {
        Assert.Equal(ContainerKind.Service, Specs.Read("""{"image": "k"}""").Kind);
        Assert.Equal(ContainerKind.OneShot, Specs.Read("""{"image": "k", "detach": false}""").Kind);
        Assert.Equal(ContainerKind.Exec, Specs.Read("""{"action": "exec", "command": "k true"}""").Kind);
    }

    [Fact]
    public void A_container_it_depends_on_becomes_its_unit() =>
        Assert.Equal(["chronyd.service", "tripleo_db.service"], Specs.Read("""{"image": "k", "depends_on": ["db", "chronyd.service"]}""").DependsOn);

    [Fact]
    public void A_health_check_that_is_switched_off_is_none() =>
        Assert.Null(Specs.Read("""{"image": "k", "healthcheck": {"test": ["NONE"]}}""").Health);

    [Theory]
    [InlineData("""{"image": "k", "restart": "always", "healthcheck": {"test": "true"}}""", true)]
    [InlineData("""{"image": "k", "restart": "unless-stopped", "healthcheck": {"test": "true", "on_failure": "restart"}}""", true)]
    [InlineData("""{"image": "k", "restart": "always", "healthcheck": {"test": "true", "on_failure": "none"}}""", false)]
    [InlineData("""{"image": "k", "restart": "on-failure", "healthcheck": {"test": "true"}}""", false)]
    [InlineData("""{"image": "k", "healthcheck": {"test": "true"}}""", false)]
    public void An_unhealthy_container_is_started_again_where_its_unit_always_does(string json, bool restarts) =>
        Assert.Equal(restarts, Specs.Read(json).Health!.Restarts);

    [Fact]
    public void One_whose_unit_would_leave_it_stopped_cannot_ask_for_it() => Assert.Contains(
        "restart: always",
        Assert.Single(Specs.Findings("""{"image": "k", "restart": "on-failure", "healthcheck": {"test": "true", "on_failure": "restart"}}""")).Message);

    [Fact]
    public void The_interval_of_paunch_s_own_key_is_the_health_check_s() =>
        Assert.Equal(60, Specs.Read("""{"image": "k", "check_interval": 60, "healthcheck": {"test": "/openstack/healthcheck"}}""").Health!.Interval);

    [Theory]
    [InlineData("$(touch /tmp/x).service")]
    [InlineData("a; reboot")]
    [InlineData("a\nExecStart=/bin/x")]
    [InlineData("-x.service")]
    [InlineData("%n.service")]
    [InlineData("a.b")]
    public void What_a_container_depends_on_is_a_container_or_a_unit(string unit)
    {
        var json = $$"""{"image": "i", "depends_on": [{{System.Text.Json.JsonSerializer.Serialize(unit)}}]}""";
        Assert.Contains(Specs.Findings(json), finding => finding.Message.Contains("is neither a container nor a unit"));
    }

    [Fact]
    public void Units_of_all_kinds_can_be_depended_on() =>
        Assert.Equal(
            ["getty@tty1.service", "network-online.target", "tripleo_a-b_c.service"],
            Specs.Read("""{"image": "i", "depends_on": ["a-b_c", "network-online.target", "getty@tty1.service"]}""").DependsOn);
}
