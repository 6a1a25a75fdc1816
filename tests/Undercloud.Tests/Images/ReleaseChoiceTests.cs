using Undercloud.Deploy.Images;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Images;

public sealed class ReleaseChoiceTests
{
    [Theory]
    [InlineData(null, null, "zed")]
    [InlineData("epoxy", null, "epoxy")]
    [InlineData(null, "epoxy", "epoxy")]
    [InlineData("epoxy", "epoxy", "epoxy")]
    public void What_is_asked_for_counts_then_what_is_there_and_a_new_undercloud_is_of_zed(string? wanted, string? installed, string expected)
    {
        var findings = new DiagnosticBag();
        Assert.Equal(expected, ReleaseChoice.For(wanted, installed, findings)?.Name);
        Assert.Empty(findings.All);
    }

    [Theory]
    [InlineData("epoxy", "zed", "An upgrade from zed to epoxy is not something that this tool can do yet.")]
    [InlineData("zed", "epoxy", "There is no way back from epoxy to zed")]
    public void What_is_there_is_not_turned_into_another_release(string wanted, string installed, string said)
    {
        var findings = new DiagnosticBag();
        Assert.Null(ReleaseChoice.For(wanted, installed, findings));
        var finding = Assert.Single(findings.All);
        Assert.Equal((Severity.Error, "REL002"), (finding.Severity, finding.Code));
        Assert.Contains(said, finding.Message);
        Assert.Contains($"Leave --release out to stay with {installed}.", finding.Remedy);
        Assert.Contains("uninstall --purge", finding.Remedy);
    }

    [Fact]
    public void A_record_of_a_release_that_this_tool_does_not_know_is_an_error()
    {
        var findings = new DiagnosticBag();
        Assert.Null(ReleaseChoice.For(null, "flamingo", findings));
        Assert.Equal("REL001", Assert.Single(findings.All).Code);
    }
}
