using Undercloud.Deploy.Diffs;
using Undercloud.Deploy.Output;

namespace Undercloud.Tests.Deploy;

public sealed class DiffMaskTests
{
    private static readonly SecretMask s_mask = new(["new-password"]);

    private static string Masked(string before, string after) => DiffMask.Apply(s_mask, UnifiedDiff.Between("/etc/service.conf", before, after));

    [Theory]
    [InlineData("password = live-one\n", "password = new-password\n")]
    [InlineData("password=live-one\n", "password = new-password\n")]
    [InlineData("connection = mysql://heat:live-one@10.0.0.1/heat\n", "connection = mysql://heat:new-password@10.0.0.1/heat\n")]
    [InlineData("connection = mysql://heat:live-one@10.0.0.9/other\n", "connection = mysql://heat:new-password@10.0.0.1/heat\n")]
    [InlineData("  \"key\": \"live-one\",\n", "  \"key\": \"new-password\",\n")]
    [InlineData("live-one\n", "new-password\n")]
    [InlineData("export OS_PASSWORD=live-one\n", "export OS_PASSWORD=new-password\n")]
    public void The_secret_that_is_on_the_host_is_hidden_as_well_as_the_new_one(string before, string after)
    {
        var masked = Masked(before, after);
        Assert.DoesNotContain("live-one", masked);
        Assert.DoesNotContain("new-password", masked);
        Assert.Contains("\n-", masked);
        Assert.Contains("***", masked);
    }

    [Theory]
    [InlineData("admin_password = live-one\nx = 1\n", "x = 1\n")]
    [InlineData("transport_url = rabbit://guest:live-one@10.0.0.1:5672/\n", "")]
    [InlineData("url = http://swift:live-one@10.0.0.1/\n", "url = none\n")]
    public void A_secret_that_goes_is_hidden_by_what_it_is_called_or_where_it_stands(string before, string after) =>
        Assert.DoesNotContain("live-one", Masked(before, after));

    [Fact]
    public void What_is_no_secret_is_shown()
    {
        var masked = Masked("debug = true\nworkers = 2\npassword = a\n", "debug = false\nworkers = 2\npassword = new-password\n");
        Assert.Contains("-debug = true", masked);
        Assert.Contains("+debug = false", masked);
        Assert.Contains(" workers = 2", masked);
    }
}
