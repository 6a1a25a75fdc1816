using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Undercloud.Config;
using Undercloud.Deploy.Output;
using Undercloud.Deploy.Plans;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Operations;
using Undercloud.Tests.BareMetal;
using Undercloud.Tests.Deploy;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Install;

public sealed class PreparedRunTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory().FullName;
    private readonly FakeProcesses _host = new();
    private readonly ToolHome _tool = new(Repository.Root);

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private GenerationStore Generations => new(Path.Combine(_home, "state"));

    private SecretRecord Record => new(Path.Combine(_home, "state"));

    private InstalledRelease Installed => new(Path.Combine(_home, "state"), Generations);

    private Preparation Preparation => new(new Gatherer(_host, _tool, Record, TimeProvider.System), Installed, Generations, new Said());

    private RunRequest Request(string config = "")
    {
        var path = Path.Combine(_home, "undercloud.conf");
        File.WriteAllText(path, $"[DEFAULT]\noutput_dir = {_home}\n{config}");
        return new(path, [], _home, null, ConfigRelease.None, Validations: true);
    }

    private PreparedRun Planned(string config = "")
    {
        var inputs = CollectionPlan.Inputs($"output_dir = {_home}\n{config}");
        var result = StackPlanner.Plan(inputs);
        return new(inputs.Config, inputs, result.Plan!, new SecretMask(result.Secrets)) { Secrets = result.Secrets };
    }

    [Fact]
    public async Task After_images_are_built_the_passwords_are_the_same_that_the_log_hides()
    {
        _host.Answer("podman image ls", "[]");
        var before = await Preparation.PrepareAsync(Request(), TestContext.Current.CancellationToken);
        Assert.Empty(before.Plan.Images);
        _host.Clear().Answer("podman image ls", """[{"Id": "0123456789abcdef", "Names": ["localhost/undercloud/memcached:zed"], "Size": 1, "Created": 1}]""");
        var after = await Preparation.WithImagesAsync(before, TestContext.Current.CancellationToken);
        Assert.Equal("0123456789abcdef", after.Plan.Images["localhost/undercloud/memcached:zed"]);
        Assert.Equal(CanonicalJson.Write(before.Inputs.Passwords), CanonicalJson.Write(after.Inputs.Passwords));
        var password = ((StringValue)after.Inputs.Passwords["AdminPassword"]!).Text;
        Assert.Equal("***", before.Mask.Apply(password));
    }

    [Fact]
    public async Task Lost_passwords_of_an_installed_host_end_a_run_before_anything()
    {
        _host.Answer("podman image ls", "[]");
        Directory.CreateDirectory(Path.Combine(_home, "state"));
        File.WriteAllText(Path.Combine(_home, "state", "release"), "zed\n");
        var failure = await Assert.ThrowsAsync<InputException>(() => Preparation.PrepareAsync(Request(), TestContext.Current.CancellationToken));
        Assert.Contains("PWD003", failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_no_client_takes_ends_a_run_unless_validations_are_off(bool validations)
    {
        _host.Answer("podman image ls", "[]");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=elsewhere", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        var file = Path.Combine(_home, "own.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportECPrivateKeyPem());
        var request = Request($"undercloud_service_certificate = {file}\n") with { Validations = validations };
        if (validations)
        {
            var failure = await Assert.ThrowsAsync<InputException>(() => Preparation.PrepareAsync(request, TestContext.Current.CancellationToken));
            Assert.Contains("error CFG056: The certificate in", failure.Message);
            Assert.Contains("error CFG057: The certificate in", failure.Message);
        }
        else
        {
            Assert.NotNull((await Preparation.PrepareAsync(request, TestContext.Current.CancellationToken)).Inputs.Surroundings.Certificate);
        }
    }

    [Fact]
    public async Task What_is_wrong_in_undercloud_conf_and_in_the_files_it_names_is_said_at_once()
    {
        _host.Answer("podman image ls", "[]");
        var own = Path.Combine(_home, "own.yaml");
        File.WriteAllText(own, "resource_registry: {'My::Type': gone.yaml}\nparameter_defaults: {ExtraFirewallRules: {x: {dport: 0}}}\n");
        var said = new Said();
        var failure = await Assert.ThrowsAsync<InputException>(() => new Preparation(new Gatherer(_host, _tool, Record, TimeProvider.System), Installed, Generations, said)
            .PrepareAsync(Request($"local_mtu = many\nimage_path = /x\nhieradata_override = {_home}/gone.yaml\ncustom_env_files = {own}\n"), TestContext.Current.CancellationToken));
        Assert.Equal(["CFG008", "CFG051", "ENV007", "PLAN001"], failure.Diagnostics.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code).Order());
        Assert.All(failure.Diagnostics, finding => Assert.NotNull(finding.Location));
        Assert.Contains(said.All, line => line.Contains("image_path", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_without_its_key_ends_a_run()
    {
        _host.Answer("podman image ls", "[]");
        File.WriteAllText(Path.Combine(_home, "own.pem"), "");
        var failure = await Assert.ThrowsAsync<InputException>(() => Preparation.PrepareAsync(
            Request($"undercloud_service_certificate = {_home}/own.pem\n") with { Validations = false }, TestContext.Current.CancellationToken));
        Assert.Contains("own.pem is empty", failure.Message);
    }

    [Fact]
    public void A_changed_local_ip_is_refused_where_an_undercloud_is_installed()
    {
        var applied = Planned().Plan.Nodes[0];
        var wanted = Planned("local_ip = 192.168.24.5/24\n");
        Assert.Null(InstalledAddress.Change(Planned().Config, applied, applied));
        var finding = InstalledAddress.Change(wanted.Config, wanted.Plan.Nodes[0], applied)!;
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains("Changing the local_ip is not allowed. The installed undercloud has 192.168.24.1/24, and undercloud.conf says 192.168.24.5/24.", finding.Message);
        Assert.Equal(2 + 1, finding.Location!.Value.Line);
        Assert.Contains("local_ip = 192.168.24.1/24", finding.Remedy);
    }
}
