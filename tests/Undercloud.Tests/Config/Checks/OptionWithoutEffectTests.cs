using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config.Checks;

/// <summary>A value that nothing reads stops nobody.</summary>
public sealed class OptionWithoutEffectTests
{
    [Theory]
    [InlineData("enable_ironic_inspector = false\n")]
    [InlineData("enable_ironic = false\nenable_ironic_inspector = false\n")]
    public void Without_inspection_no_range_is_needed_for_it(string off)
    {
        Findings.None(Leaf(off));
        Findings.None($"[DEFAULT]\nlocal_ip = 10.0.0.1/24\ngenerate_service_certificate = false\n{off}[ctlplane-subnet]\ncidr = 10.0.0.0/24\ngateway = 10.0.0.1\n");
    }

    [Fact]
    public void With_inspection_it_is() =>
        Assert.Contains("[leaf1] does not set inspection_iprange.", Findings.Text(Leaf("")), StringComparison.Ordinal);

    [Theory]
    [InlineData("additional_architectures = s390x", ConfigCodes.WrongValue, "Allowed:")]
    [InlineData("additional_architectures = ppc64le", ConfigCodes.Architecture, "Set ipxe_enabled = false")]
    [InlineData("additional_architectures = ['ppc64le']", ConfigCodes.WrongValue, "A list is written without brackets and quotes.")]
    public void A_wrong_value_of_an_option_that_is_not_there_yet_is_a_warning(string option, string code, string remedy)
    {
        var finding = Assert.Single(Findings.All($"[DEFAULT]\n{option}\n"));
        Assert.Equal((Severity.Warning, code), (finding.Severity, finding.Code));
        Assert.Contains(remedy, finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_one_that_can_have_no_effect_just_that_is_said() => Findings.None("[DEFAULT]\nenable_ui = perhaps\n");

    [Fact]
    public void A_list_that_has_an_effect_is_an_error_with_the_same_remedy() => Assert.EndsWith("A list is written without brackets and quotes.",
        Findings.Only("[DEFAULT]\nundercloud_ntp_servers = ['10.0.0.1']\n"), StringComparison.Ordinal);

    private static string Leaf(string options) => $"[DEFAULT]\nsubnets = ctlplane-subnet, leaf1\nenable_routed_networks = true\n{options}"
        + "[ctlplane-subnet]\ngateway = 192.168.24.254\n[leaf1]\ncidr = 10.0.0.0/24\ngateway = 10.0.0.1\n";
}
