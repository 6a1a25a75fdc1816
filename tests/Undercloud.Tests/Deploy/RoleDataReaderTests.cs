using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Deploy;

public sealed class RoleDataReaderTests
{
    [Fact]
    public void A_key_that_nothing_reads_is_a_finding_by_name()
    {
        var findings = new DiagnosticBag();
        RoleDataReader.Read(CanonicalJson.Read("""[{"service_name": "web", "listeners": [{"port": 80}]}]"""), findings);
        var finding = Assert.Single(findings.All);
        Assert.Contains("listeners", finding.Message, StringComparison.Ordinal);
        Assert.Contains("is no key of the service contract", finding.Message, StringComparison.Ordinal);
    }
}
