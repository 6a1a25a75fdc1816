using Undercloud.Cli.Commands.Lifecycle;
using Undercloud.Cli.Output;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;
using Undercloud.Host.Gathering;
using Undercloud.Host.Generations;
using Undercloud.Host.Output;
using Undercloud.Tests.Config;

namespace Undercloud.Tests.Install;

public sealed class UninstallLogTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_uninstall_writes_hides_the_secrets_of_now_and_of_before(bool passwordsAreThere)
    {
        var config = UndercloudConfig.Read($"[DEFAULT]\noutput_dir = {_home}\nundercloud_log_file = {_home}/u.log\n", "undercloud.conf", _home, new DiagnosticBag());
        var passwords = PasswordStore.Complete(MapValue.Empty, MapValue.Empty, new FixedRandom(3)).All;
        var record = new SecretRecord(Path.Combine(_home, "state"));
        record.Keep(passwords, ["secret-of-before"]);
        if (passwordsAreThere)
            File.WriteAllText(Gatherer.PasswordsFile(config), PasswordFiles.WriteYaml(passwords));
        var admin = ((StringValue)passwords["AdminPassword"]!).Text;
        var rabbit = ((StringValue)passwords["RpcPassword"]!).Text;
        using (var events = new RunEvents(TimeProvider.System))
        {
            UninstallCommand.Log(config, record, events);
            events.Line($"Access denied for user admin with {admin}");
            Assert.Equal("The service said: *** and ***", RunEnd.Of(new InstallException($"The service said: {rabbit} and secret-of-before"), events));
        }

        var written = File.ReadAllText(config.LogFile!);
        Assert.Contains("Access denied for user admin with ***", written);
        foreach (var secret in new[] { admin, rabbit, "secret-of-before" })
            Assert.DoesNotContain(secret, written);
    }
}
