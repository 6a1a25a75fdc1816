using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Undercloud.Config;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Host.Templates;
using Undercloud.Tests.Config;

namespace Undercloud.Tests.Deploy;

public sealed class StackPlannerTests
{
    private static readonly TemplateTree s_templates = TemplateTree.Plain(Path.Combine(AppContext.BaseDirectory, "templates"));

    [Fact]
    public void Parameters_that_the_collection_does_not_declare_are_let_pass_in_silence()
    {
        var result = Plan("[DEFAULT]\nenabled_hardware_types = ilo\nmasquerade_network = 10.0.0.0/24\n");
        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Plan);
    }

    [Fact]
    public void The_defaults_of_queens_make_a_plan_with_the_own_templates() =>
        Assert.NotNull(Plan("", ConfigReleases.Named("queens")).Plan);

    [Fact]
    public void A_host_given_by_name_has_its_address_on_the_control_plane()
    {
        var text = "[DEFAULT]\nundercloud_public_host = public.example.org\n";
        var addresses = ImmutableDictionary<string, ImmutableArray<IPAddress>>.Empty.Add("public.example.org", [IPAddress.Parse("192.168.24.77")]);
        Assert.Contains("192.168.24.77/32", PlanText(Plan(text, addresses: addresses)));
        Assert.DoesNotContain("192.168.24.77/32", PlanText(Plan(text)));
    }

    [Fact]
    public void An_environment_of_the_collection_that_the_file_asks_for_is_applied_before_the_operators()
    {
        const string Environment = "environments/services/undercloud-cinder.yaml";
        const string Own = "parameter_defaults: {KeystoneConfigOverrides: {keystone.conf: {token: {expiration: 4712}}}}\n";
        var files = new WithFile(Environment, "parameter_defaults: {KeystoneConfigOverrides: {keystone.conf: {token: {expiration: 4711}}}}\n");
        Assert.DoesNotContain("4711", PlanText(Plan("", files: files)));
        Assert.Contains("4711", PlanText(Plan("[DEFAULT]\nenable_cinder = true\n", files: files)));
        Assert.Contains("4712", PlanText(Plan("[DEFAULT]\nenable_cinder = true\n", files: files, environments: [new("own.yaml", Own)])));
    }

    [Fact]
    public void A_one_time_password_is_a_secret() =>
        Assert.Contains("once-only", Plan("[DEFAULT]\nipa_otp = once-only\n").Secrets);

    [Theory]
    [InlineData("resource_registry: {'OS::TripleO::Services::Keyston': OS::Heat::None}", "own.yaml:1:21: warning ENV006: The mapping of OS::TripleO::Services::Keyston has no effect: nothing in this undercloud is of that type.\n  Did you mean OS::TripleO::Services::Keystone?")]
    [InlineData("resource_registry: {'My::Type': gone/mine.yaml}", "own.yaml:1:21: error ENV007: My::Type is mapped to gone/mine.yaml, and there is no such file.\n  Put the file there, or remove the mapping.")]
    [InlineData("parameter_defaults: {UndercloudExtraConfig: [a]}", "own.yaml:1:22: error HIERA004: UndercloudExtraConfig must be a map of hieradata, not list.\n  Write each key of hieradata with its value below it.")]
    [InlineData("parameter_defaults: {ExtraConfig: 'a: 1'}", "own.yaml:1:22: error HIERA004: ExtraConfig must be a map of hieradata, not string.\n  Write each key of hieradata with its value below it.")]
    [InlineData("parameter_defaults: {ContainerKeystoneImage: nosuch}", "own.yaml:1:22: error PLAN020: ContainerKeystoneImage names the image 'nosuch', which is not on this host and cannot be built.")]
    [InlineData("resource_registry: {'OS::TripleO::Services::Keystone': mine.yaml}", "own.yaml:1:21: error ENV007: OS::TripleO::Services::Keystone is mapped to mine.yaml, and there is no such file.\n  Put the file there, or remove the mapping.")]
    public void What_an_operators_file_says_to_no_effect_is_named_with_its_line(string text, string expected) =>
        Assert.Contains(Plan("", environments: [new("own.yaml", text)]).Diagnostics, finding => finding.ToString().StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Where_images_come_from_is_read_though_no_template_declares_it_and_an_image_to_pull_is_not_here_yet()
    {
        var result = Plan("", environments: [new("own.yaml", """
            parameter_defaults:
              ContainerImagePrepare: [{set: {namespace: one.example.org/a}, includes: [keystone]}]
              ContainerImageRegistryCredentials: {one.example.org: {stack: swordfish}}
              ContainerImageRegistryLogin: true
              DockerInsecureRegistryAddress: [one.example.org]
            """)]);
        Assert.DoesNotContain(result.Diagnostics, finding => finding.Location?.Path == "own.yaml");
        Assert.Contains("swordfish", result.Secrets);
        Assert.Equal((false, true), (result.Plan!.Images.ContainsKey("localhost/undercloud/keystone:zed"), result.Plan.Images.ContainsKey("localhost/undercloud/neutron:zed")));
        Assert.Equal("one.example.org/a/keystone:zed", $"{result.Images.Of("localhost/undercloud/keystone:zed")!.Source}");
    }

    private static string PlanText(PlanningResult result)
    {
        Assert.True(result.Plan is not null, string.Join('\n', result.Diagnostics));
        return PlanJson.Write(result.Plan);
    }

    private static PlanningResult Plan(
        string text,
        ConfigRelease compatibility = ConfigRelease.None,
        ImmutableDictionary<string, ImmutableArray<IPAddress>>? addresses = null,
        ITemplateFiles? files = null,
        ImmutableArray<InputFile> environments = default)
    {
        var config = UndercloudConfig.Read(text, "undercloud.conf", "/home/stack", new DiagnosticBag(), compatibility);
        return StackPlanner.Plan(new()
        {
            Config = config,
            Surroundings = new()
            {
                HostName = "director.example.org",
                Home = "/home/stack",
                User = "stack",
                ConfigPath = "/home/stack/undercloud.conf",
                Addresses = addresses ?? ImmutableDictionary<string, ImmutableArray<IPAddress>>.Empty,
            },
            HostIsContainer = false,
            Passwords = PasswordStore.Complete(MapValue.Empty, MapValue.Empty, new FixedRandom(1)).All,
            Release = "zed",
            ImageParameters = CollectionPlan.Images,
            ImageIds = CollectionPlan.Images.Values.Distinct().ToDictionary(image => image, image => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image)))),
            Templates = files ?? s_templates,
            Roles = new("roles_data_undercloud.yaml", s_templates.Read("roles_data_undercloud.yaml")!),
            Environments = environments.IsDefault ? [] : environments,
        });
    }

    // The tool's templates with one file more.
    private sealed class WithFile(string path, string text) : ITemplateFiles
    {
        public string? Read(string wanted) => wanted == path ? text : s_templates.Read(wanted);
    }
}
