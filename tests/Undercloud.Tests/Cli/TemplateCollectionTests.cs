using Undercloud.Cli.Output;

namespace Undercloud.Tests.Cli;

/// <summary>What template commands make of the tool's own collection.</summary>
[Collection(OneConsole.Name)]
public sealed class TemplateCollectionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("template-collection").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("resolve")]
    [InlineData("validate")]
    public async Task The_tools_own_collection_has_no_error_with_the_values_of_an_undercloud_conf(string command)
    {
        var conf = Path.Combine(_directory, "undercloud.conf");
        File.WriteAllText(conf, "[DEFAULT]\nlocal_interface = eth1\n");
        var run = await ProgramRun.RunAsync("template", command, "--conf", conf);
        Assert.True(run.Code == ExitCodes.Done, run.Error + run.Output);
        Assert.DoesNotContain(": error ", run.Error + run.Output, StringComparison.Ordinal);
    }
}
