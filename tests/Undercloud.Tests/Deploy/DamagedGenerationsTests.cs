using Undercloud.Deploy.Generations;
using Undercloud.Deploy.Plans;
using Undercloud.Host.Failures;
using Undercloud.Host.Generations;

namespace Undercloud.Tests.Deploy;

public sealed class DamagedGenerationsTests : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory();
    private readonly GenerationStore _generations;

    public DamagedGenerationsTests()
    {
        _generations = new(_state.FullName);
        _generations.Write(new(1, GenerationState.Applied, "first", "install", DateTimeOffset.UnixEpoch), Planner.Empty("undercloud", "zed", "undercloud", "Undercloud"));
        _generations.Write(new(2, GenerationState.Applied, "second", "install", DateTimeOffset.UnixEpoch), Planner.Empty("undercloud", "epoxy", "undercloud", "Undercloud"));
    }

    public void Dispose() => _state.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"number\": 2, \"state\": \"app")]
    [InlineData("{\"number\": 2, \"state\": \"melted\", \"plan_hash\": \"\", \"command\": \"\", \"created\": \"2026-01-01T00:00:00+00:00\"}")]
    [InlineData("\0\0\0\0")]
    public void A_record_that_cannot_be_read_is_a_failed_generation_that_says_so(string text)
    {
        File.WriteAllText(FileOf("generation.json"), text);
        var newest = _generations.Newest()!;
        Assert.Equal((2, GenerationState.Failed), (newest.Number, newest.State));
        Assert.Contains($"{FileOf("generation.json")} cannot be read: it is damaged", newest.Message);
        Assert.Contains("`undercloud install` makes the plan anew", newest.Message);

        // The next install is a new one, whatever its plan is.
        Assert.Equal((3, true, false), GenerationChoice.For(newest, "second"));
        Assert.Equal(1, _generations.NewestApplied()!.Number);
    }

    [Fact]
    public void A_record_of_a_newer_program_is_not_taken_for_one_of_ours()
    {
        File.WriteAllText(FileOf("generation.json"), File.ReadAllText(FileOf("generation.json")).Replace("\"format\": 1", "\"format\": 99"));
        Assert.Contains("is of format 99: a newer undercloud wrote it", _generations.Newest()!.Message);
    }

    [Fact]
    public void A_record_from_before_there_was_a_format_is_read()
    {
        File.WriteAllText(FileOf("generation.json"), File.ReadAllText(FileOf("generation.json")).Replace("\"format\": 1", "\"unknown\": 1"));
        Assert.Equal(GenerationState.Applied, _generations.Newest()!.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"stack\": \"undercloud\", \"rel")]
    [InlineData("{\"stack\": \"undercloud\"}")]
    [InlineData("{\"stack\": \"undercloud\", \"release\": \"zed\", \"nodes\": []}")]
    [InlineData("{\"stack\": \"undercloud\", \"release\": \"zed\", \"nodes\": null}")]
    [InlineData("{\"stack\": \"undercloud\", \"release\": \"zed\", \"nodes\": [{\"role\": \"Undercloud\", \"manifest\": null}]}")]
    public void A_plan_that_cannot_be_read_says_which_and_the_way_on(string text)
    {
        File.WriteAllText(FileOf("plan.json"), text);
        var failure = Assert.Throws<DamagedStateException>(() => _generations.ReadPlan(2));
        Assert.Contains($"{FileOf("plan.json")} cannot be read: it is damaged, or of an older undercloud. `undercloud install`", failure.Message);
        Assert.Equal("zed", _generations.NewestReadablePlan()!.Release);
    }

    [Fact]
    public void Recording_a_generation_again_mends_its_plan()
    {
        File.WriteAllText(FileOf("plan.json"), "{");
        _generations.Write(_generations.Newest()!, Planner.Empty("undercloud", "epoxy", "undercloud", "Undercloud"));
        Assert.Equal("epoxy", _generations.ReadPlan(2).Release);
    }

    [Fact]
    public void An_empty_record_of_the_release_is_none()
    {
        File.WriteAllText(Path.Combine(_state.FullName, "release"), "");
        Assert.Equal("epoxy", new InstalledRelease(_state.FullName, _generations).Read());
    }

    private string FileOf(string name) => Path.Combine(_state.FullName, "generations", "2", name);
}
