using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Generations;

namespace Undercloud.Tests.Deploy;

public sealed class InstalledReleaseTests : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory();

    private GenerationStore Generations => new(_state.FullName);

    private InstalledRelease Installed => new(_state.FullName, Generations);

    public void Dispose() => _state.Delete(recursive: true);

    [Fact]
    public void Where_nothing_was_ever_installed_there_is_none() => Assert.Null(Installed.Read());

    [Fact]
    public void One_that_was_installed_before_there_was_a_record_is_that_of_its_plan()
    {
        Generations.Write(new Generation(1, GenerationState.Applied, "hash", "install", DateTimeOffset.UnixEpoch), Planner.Empty("undercloud", "epoxy", "undercloud", "Undercloud"));
        Assert.Equal("epoxy", Installed.Read());
    }

    [Fact]
    public void It_is_known_after_an_uninstall_until_the_data_goes()
    {
        File.WriteAllText(Path.Combine(_state.FullName, "release"), "epoxy\n");
        Generations.Clear();
        Assert.Equal("epoxy", Installed.Read());
        Installed.Forget();
        Assert.Null(Installed.Read());
    }
}
