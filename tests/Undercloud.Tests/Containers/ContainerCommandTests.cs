using System.CommandLine;
using Undercloud.Cli.Commands.Containers;
using Undercloud.Host.Containers;
using Undercloud.Tests.Cli;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Containers;

[Collection(nameof(OneConsole))]
public sealed class ContainerCommandTests : IDisposable
{
    private const string Containers = """
        [{"Id": "aa", "Names": ["nova_compute"], "Image": "i", "ImageID": "11", "State": "running", "Created": 1, "StartedAt": 1,
          "Labels": {"managed_by": "tripleo-Undercloud", "config_id": "tripleo_step5", "container_name": "nova_compute"}}]
        """;

    private readonly string _root = Directory.CreateTempSubdirectory().FullName;
    private readonly FakeProcesses _host = new FakeProcesses().Answer("podman ps", Containers);

    public ContainerCommandTests() => Directory.CreateDirectory(Paths.StartupDirectory);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ContainerPaths Paths => new()
    {
        UnitDirectory = Path.Combine(_root, "units"),
        RunDirectory = _root,
        LogDirectory = _root,
        RecordsFile = Path.Combine(_root, "execs.json"),
        StartTimesFile = Path.Combine(_root, "start-times.json"),
        LockFile = Path.Combine(_root, "lock"),
        StartupDirectory = Path.Combine(_root, "startup"),
    };

    private string Startup(string name) => Path.Combine(Paths.StartupDirectory, name);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var told = Console.Error;
        Console.SetError(error);
        try
        {
            var code = await ContainerCommand.Create(_host, TimeProvider.System, Paths).Parse(arguments)
                .InvokeAsync(new() { EnableDefaultExceptionHandler = false, Output = output, Error = error }, TestContext.Current.CancellationToken);
            return (code, output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetError(told);
        }
    }

    private void NothingWasRemoved() => Assert.DoesNotContain(_host.Ran, command => command.ToString().Contains(" rm ") || command.ToString().Contains(" stop"));

    [Fact]
    public async Task Apply_without_a_file_takes_what_an_install_wrote()
    {
        File.WriteAllText(Startup("step_5.json"), """{"nova_compute": {"image": "i", "restart": "always"}}""");
        _host.Answer("podman image inspect", "11");
        var (code, output, error) = await RunAsync("apply", "--config-id", "tripleo_step5", "--check");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("remove", output);
        Assert.Contains("nova_compute", output);
    }

    [Theory]
    [InlineData("tripleo_step5")]
    [InlineData("other")]
    public async Task Apply_that_finds_no_start_up_configuration_fails_and_removes_nothing(string configId)
    {
        var (code, _, error) = await RunAsync("apply", "--config-id", configId);
        Assert.Equal(1, code);
        Assert.Contains("there is no such file or directory", error);
        NothingWasRemoved();
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("apply")]
    [InlineData("list")]
    public void A_config_id_is_one_word_in_every_command(string command)
    {
        foreach (var id in new[] { "a b", "x\nManagedBy=other", "../step", "" })
            Assert.Contains("may contain only letters, digits", ContainerCommand.Create(_host, TimeProvider.System).Parse([command, "--config-id", id]).Errors.Select(error => error.Message).FirstOrDefault() ?? "");
    }

    [Fact]
    public async Task An_empty_directory_is_no_wish_to_remove_everything()
    {
        var (code, _, error) = await RunAsync("apply", "--config-id", "tripleo_step5", "--file", Paths.StartupDirectory);
        Assert.Equal(1, code);
        Assert.Contains("has no start-up configuration", error);
        NothingWasRemoved();
    }

    [Fact]
    public async Task Apply_without_a_file_asks_before_it_removes()
    {
        Assert.SkipUnless(Console.IsInputRedirected, "Somebody is there to ask.");
        File.WriteAllText(Startup("step_5.json"), "{}");
        var (code, _, error) = await RunAsync("apply", "--config-id", "tripleo_step5");
        Assert.Equal(4, code);
        Assert.Contains("This would remove nova_compute. Standard input is not a terminal", error);
        NothingWasRemoved();
    }

    [Fact]
    public async Task Debug_finds_a_container_in_what_an_install_wrote()
    {
        File.WriteAllText(Startup("step_3.json"), """{"keystone": {"image": "localhost/undercloud/keystone:zed", "restart": "always"}}""");
        _host.Answer("podman image inspect", "11");
        var (code, output, error) = await RunAsync("debug", "keystone");
        Assert.True(code == 0, error);
        Assert.StartsWith("podman ", output);
        Assert.Contains("tripleo_step3", output);
    }

    [Fact]
    public async Task A_preview_with_an_image_that_is_still_to_be_built_says_what_would_be_made()
    {
        File.WriteAllText(Startup("step_5.json"), """{"nova_compute": {"image": "localhost/undercloud/nova:zed", "restart": "always"}, "more": {"image": "localhost/undercloud/more:zed", "restart": "always"}}""");
        _host.Answer("podman image inspect", "Error: image not known", exit: 1);
        var (code, output, error) = await RunAsync("apply", "--config-id", "tripleo_step5", "--check", "-f", "json");
        Assert.True(code == 0, error);
        Assert.Contains("more", output);
        Assert.Contains("\"create\"", output);
        Assert.Contains("is not on this host", output);
        Assert.Equal(1, (await RunAsync("apply", "--config-id", "tripleo_step5", "--file", Startup("step_5.json"))).Code);
        NothingWasRemoved();
    }

    [Fact]
    public async Task A_preview_before_podman_is_installed_would_make_everything()
    {
        File.WriteAllText(Startup("step_5.json"), """{"nova_compute": {"image": "localhost/undercloud/nova:zed", "restart": "always"}}""");
        _host.Clear().Answer("podman", "podman: not found", exit: 127);
        var (code, output, error) = await RunAsync("apply", "--config-id", "tripleo_step5", "--check");
        Assert.True(code == 0, error);
        Assert.Contains("create", output);
    }
}
