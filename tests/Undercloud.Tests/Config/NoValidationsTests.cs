using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Gathering;

namespace Undercloud.Tests.Config;

public sealed class NoValidationsTests
{
    [Fact]
    public void Options_that_do_not_fit_each_other_are_warnings()
    {
        var findings = Findings("[DEFAULT]\nundercloud_admin_host = 10.0.0.1\nundercloud_public_host = 192.168.24.1\n");
        Assert.Equal([ConfigCodes.OutsideNetwork, ConfigCodes.SameAddress], findings.Select(finding => finding.Code).Order());
        Assert.All(findings, finding => Assert.Equal(Severity.Error, finding.Severity));
        Assert.All(Preparation.WithoutValidations(findings), finding => Assert.Equal(Severity.Warning, finding.Severity));
    }

    [Theory]
    [InlineData("[DEFAULT]\nlocal_ipp = 1\n")]
    [InlineData("[DEFAULT]\ncidr = 10.0.0.0/24\n")]
    [InlineData("[leaf-one]\nfrob = 1\n")]
    public void What_can_be_ignored_is_let_go(string file) =>
        Assert.All(Preparation.WithoutValidations(Findings(file)), finding => Assert.Equal(Severity.Warning, finding.Severity));

    [Fact]
    public void What_cannot_be_read_stays_an_error() =>
        Assert.Contains(
            Preparation.WithoutValidations(Findings("[DEFAULT]\nundercloud_debug = perhaps\n")),
            finding => finding is { Severity: Severity.Error, Code: ConfigCodes.WrongValue });

    [Fact]
    public void Hardware_that_an_image_of_ones_own_may_have_is_a_warning() =>
        Assert.Equal(
            (Severity.Warning, ConfigCodes.NoSuchHardware),
            Preparation.WithoutValidations(Findings("[DEFAULT]\nenabled_hardware_types = ipmi, staging-ovirt\n")).Select(finding => (finding.Severity, finding.Code)).Single());

    private static IReadOnlyList<Diagnostic> Findings(string text)
    {
        var diagnostics = new DiagnosticBag();
        UndercloudConfig.Read(text, "undercloud.conf", "/root", diagnostics);
        return diagnostics.All;
    }
}
