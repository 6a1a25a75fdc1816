using Undercloud.Deploy.Images;
using Undercloud.Host.Images;
using Undercloud.Host.Processes;

namespace Undercloud.Tests.Images;

public sealed class ImageExportsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;
    private readonly Podman _podman = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private ImageDefinition Definition => new("ipa", "debian") { Exports = [new("/agent.kernel", $"{_directory}/agent.kernel"), new("/loose", null)] };

    private async Task<string[]> CopyAsync(ImageDefinition definition, string image, string? to = null) =>
        [.. (await new ImageExports(_podman).CopyAsync(definition, image, to, TestContext.Current.CancellationToken)).Select(file => $"{Path.GetFileName(file.Path)} {file.Written}")];

    [Fact]
    public async Task Files_are_copied_once_for_an_image_and_again_for_another()
    {
        Assert.Equal(["agent.kernel True", "loose True"], await CopyAsync(Definition, "one", _directory));
        Assert.Equal(["agent.kernel False", "loose False"], await CopyAsync(Definition, "one", _directory));
        Assert.Equal("/loose of one", await File.ReadAllTextAsync($"{_directory}/loose", TestContext.Current.CancellationToken));
        Assert.Equal(["agent.kernel True", "loose True"], await CopyAsync(Definition, "two", _directory));
        Assert.Equal("/loose of two", await File.ReadAllTextAsync($"{_directory}/loose", TestContext.Current.CancellationToken));
        Assert.Equal(0, _podman.Containers);
    }

    [Fact]
    public async Task A_file_that_somebody_took_away_comes_back_alone()
    {
        await CopyAsync(Definition, "one", _directory);
        File.Delete($"{_directory}/loose");
        Assert.Equal(["agent.kernel False", "loose True"], await CopyAsync(Definition, "one", _directory));
    }

    [Fact]
    public async Task A_file_without_a_place_asks_for_one()
    {
        var failure = await Assert.ThrowsAsync<ImageBuildException>(() => CopyAsync(Definition, "one"));
        Assert.Contains("--to", failure.Message);
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public void Files_have_a_place_on_a_host_with_the_directory_of_every_one()
    {
        Assert.False(ImageExports.HavePlace(Definition));
        Assert.True(ImageExports.HavePlace(Definition with { Exports = [new("/agent.kernel", $"{_directory}/agent.kernel")] }));
        Assert.False(ImageExports.HavePlace(Definition with { Exports = [new("/agent.kernel", $"{_directory}/none/agent.kernel")] }));
        Assert.False(ImageExports.HavePlace(Definition with { Exports = [] }));
    }

    [Fact]
    public async Task A_copy_that_fails_leaves_the_former_file_and_no_container()
    {
        await CopyAsync(Definition, "one", _directory);
        _podman.Failing = "cp";
        var failure = await Assert.ThrowsAsync<HostCommandException>(() => CopyAsync(Definition, "two", _directory));
        Assert.Contains("no space left", failure.Message, StringComparison.Ordinal);
        Assert.Equal("/loose of one", await File.ReadAllTextAsync($"{_directory}/loose", TestContext.Current.CancellationToken));
        Assert.Equal([".agent.kernel.image", ".loose.image", "agent.kernel", "loose"], Directory.EnumerateFiles(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, _podman.Containers);
        _podman.Failing = null;
        Assert.Equal(["agent.kernel True", "loose True"], await CopyAsync(Definition, "two", _directory));
    }

    // Containers that are their image's name; a copied file says what it is.
    private sealed class Podman : IProcessRunner
    {
        public int Containers { get; private set; }

        // The verb that fails.
        public string? Failing { get; set; }

        public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop)
        {
            var output = "";
            if (command.Arguments[0] == Failing)
                return Task.FromResult(new ProcessResult(command, 125, "", "no space left on device"));
            switch (command.Arguments)
            {
                case ["create", "--pull", "never", var image, "true"]:
                    Containers++;
                    output = image;
                    break;
                case ["cp", var from, var to]:
                    File.WriteAllText(to, $"{from.Split(':')[1]} of {from.Split(':')[0]}");
                    break;
                case ["rm", _]:
                    Containers--;
                    break;
            }

            return Task.FromResult(new ProcessResult(command, 0, output, ""));
        }

        public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) => RunAsync(command, stop);

        public async Task<int> AttachAsync(CommandLine command, CancellationToken stop) => (await RunAsync(command, stop)).ExitCode;
    }
}
