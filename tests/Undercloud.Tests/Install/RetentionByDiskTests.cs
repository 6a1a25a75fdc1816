using Undercloud.Deploy.Events;
using Undercloud.Deploy.Generations;
using Undercloud.Host.Operations;
using Undercloud.Tests.Output;

namespace Undercloud.Tests.Install;

public sealed class RetentionByDiskTests : IDisposable
{
    private const long GiB = 1 << 30;

    private readonly FakeInstallation _installation = new();
    private readonly Heard _heard = new();

    public RetentionByDiskTests() => _installation.Events.Subscribe(_heard);

    public void Dispose() => _installation.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(9, 100, true)]
    [InlineData(10, 100, false)]
    [InlineData(9, 1000, true)]
    [InlineData(11, 1000, false)]
    public void A_file_system_is_nearly_full_below_a_tenth_and_10_GiB(long free, long total, bool isNearlyFull) =>
        Assert.Equal(isNearlyFull, Retention.IsNearlyFull(free * GiB, total * GiB));

    [Fact]
    public async Task On_a_disk_that_is_nearly_full_only_the_present_generation_and_the_way_back_stay()
    {
        Generations(3);
        Disk(1 * GiB, 100 * GiB);
        await new GenerationRemoval(_installation.Context).PruneAsync(Stop);
        Assert.Equal([2, 3], _installation.Generations.All().Select(generation => generation.Number));
        Assert.Equal("The file system at / of here has only 1.07 GB free, so these generations are deleted with their images: 1", Assert.Single(_heard.All.OfType<Note>()).Text);
        await new GenerationRemoval(_installation.Context).PruneAsync(Stop);
        Assert.Equal([2, 3], _installation.Generations.All().Select(generation => generation.Number));
    }

    [Fact]
    public async Task On_a_disk_with_room_three_generations_stay()
    {
        Generations(4);
        Disk(50 * GiB, 100 * GiB);
        await new GenerationRemoval(_installation.Context).PruneAsync(Stop);
        Assert.Equal([2, 3, 4], _installation.Generations.All().Select(generation => generation.Number));
        Assert.Empty(_heard.All.OfType<Note>());
    }

    private void Disk(long free, long total) => _installation.Host.Answer("df", $"Avail 1B-blocks Mounted on\n{free} {total} /\n").Answer("podman image ls", "[]");

    private void Generations(int count)
    {
        var plan = _installation.Applied();
        for (var number = 2; number <= count; number++)
            _installation.Generations.Write(new(number, GenerationState.Applied, $"{number}", "update", DateTimeOffset.UnixEpoch), plan);
    }
}
