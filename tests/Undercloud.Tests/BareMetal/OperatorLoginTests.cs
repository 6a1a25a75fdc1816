using Undercloud.Config;
using Undercloud.Host.BareMetal;
using Undercloud.Host.OpenStack;

namespace Undercloud.Tests.BareMetal;

public sealed class OperatorLoginTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("operator-login").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void What_stackrc_sets_comes_first()
    {
        var login = OperatorLogin.Find(Variables(("OS_AUTH_URL", "https://k:13000"), ("OS_USERNAME", "admin"), ("OS_PASSWORD", "p"), ("OS_PROJECT_NAME", "admin"), ("OS_CACERT", "/ca.pem")), _home);
        Assert.Equal(new(new("https://k:13000", "admin", "p", "admin"), "regionOne", "public", "/ca.pem"), login);
    }

    [Fact]
    public void Without_stackrc_the_undercloud_of_the_clouds_yaml_that_an_install_writes_is_meant()
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_home, ".config/openstack")).FullName, "clouds.yaml");
        File.WriteAllText(file, ClientFiles.CloudsYaml(new("https://k:13000", new Secret("p: #1"), "here", "/ca.pem")));
        Assert.Equal(new(new("https://k:13000", "admin", "p: #1", "admin"), "here", "public", "/ca.pem"), OperatorLogin.Find(Variables(("OS_CLIENT_CONFIG_FILE", file)), _home));
    }

    [Fact]
    public void A_cloud_that_is_not_there_is_said_with_the_nearest_name() =>
        Assert.Contains("has no cloud 'undercluod'. Did you mean 'undercloud'?", Assert.Throws<CloudException>(() => OperatorLogin.Read("c.yaml", "clouds: {undercloud: {}}", "undercluod")).Message);

    [Theory]
    [InlineData("clouds: {undercloud: {auth: {auth_url: u}}}", "no username")]
    [InlineData("clouds: [", "YAML001")]
    [InlineData("", "no cloud 'undercloud'")]
    public void A_file_that_lacks_something_is_an_error(string text, string message) =>
        Assert.Contains(message, Assert.Throws<CloudException>(() => OperatorLogin.Read("c.yaml", text, "undercloud")).Message);

    [Fact]
    public void A_file_of_certificates_that_is_none_is_an_error() =>
        Assert.Contains(_home, Assert.Throws<CloudException>(() => TrustedHandler.Create(Path.Combine(_home, "ca.pem"))).Message);

    private static Func<string, string?> Variables(params (string Name, string Value)[] set) => name => set.FirstOrDefault(pair => pair.Name == name).Value;
}
