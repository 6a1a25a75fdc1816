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

    [Fact]
    public void A_part_of_a_backup_has_a_name_and_absolute_paths()
    {
        var findings = new DiagnosticBag();
        var services = RoleDataReader.Read(CanonicalJson.Read("""[{"service_name": "web", "backup": [{"name": "web", "paths": ["/srv/web"], "exclude": ["/srv/web/cache"]}]}]"""), findings);
        Assert.Empty(findings.All);
        var part = Assert.Single(services[0].Backup);
        Assert.Equal(("web", "/srv/web", "/srv/web/cache"), (part.Name, part.Paths.Single(), part.Exclude.Single()));
        RoleDataReader.Read(CanonicalJson.Read("""[{"service_name": "web", "backup": [{"name": "web", "paths": ["srv"], "owner": "x"}]}]"""), findings);
        Assert.Equal(2, findings.All.Length);
        Assert.Contains(findings.All, finding => finding.Message.Contains("is not an absolute path", StringComparison.Ordinal));
        Assert.Contains(findings.All, finding => finding.Message.Contains("is no key of a part of a backup", StringComparison.Ordinal));
    }
}
