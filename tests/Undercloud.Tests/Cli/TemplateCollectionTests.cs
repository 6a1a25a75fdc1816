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

    [Fact]
    public async Task Two_looks_at_the_collection_see_the_same_passwords()
    {
        var conf = Path.Combine(_directory, "undercloud.conf");
        File.WriteAllText(conf, $"[DEFAULT]\nlocal_interface = eth1\noutput_dir = {_directory}\n");
        var run = await ProgramRun.RunAsync("template", "diff", "--conf", conf, "--to-environment-file", EnvironmentFile("parameter_defaults: {}\n"));
        Assert.True(run.Code == ExitCodes.Done, run.Error + run.Output);
    }

    [Fact]
    public async Task Without_an_undercloud_conf_the_collection_has_the_defaults()
    {
        var home = Environment.GetEnvironmentVariable("HOME");
        Environment.SetEnvironmentVariable("HOME", _directory);
        try
        {
            var run = await ProgramRun.RunAsync("template", "validate");
            Assert.True(run.Code == ExitCodes.Done, run.Error + run.Output);
        }
        finally
        {
            Environment.SetEnvironmentVariable("HOME", home);
        }
    }

    [Fact]
    public async Task A_conf_that_is_named_has_to_be_there()
    {
        var run = await ProgramRun.RunAsync("template", "validate", "--conf", Path.Combine(_directory, "nosuch.conf"));
        Assert.Equal(ExitCodes.ChecksFailed, run.Code);
        Assert.Contains("CFG001", run.Error + run.Output, StringComparison.Ordinal);
    }

    private string EnvironmentFile(string text)
    {
        var path = Path.Combine(_directory, "own.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
