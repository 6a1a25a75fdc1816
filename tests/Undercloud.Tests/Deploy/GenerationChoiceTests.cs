using Undercloud.Deploy.Generations;

namespace Undercloud.Tests.Deploy;

public sealed class GenerationChoiceTests
{
    [Fact]
    public void The_first_run_makes_the_first() => Assert.Equal((1, true, false), GenerationChoice.For(null, "a"));

    [Fact]
    public void The_same_plan_again_makes_none() => Assert.Equal((4, false, false), GenerationChoice.For(Newest(GenerationState.Applied), "a"));

    [Theory]
    [InlineData(GenerationState.Planned)]
    [InlineData(GenerationState.Applying)]
    [InlineData(GenerationState.Failed)]
    public void An_unfinished_one_is_resumed(GenerationState state) => Assert.Equal((4, false, true), GenerationChoice.For(Newest(state), "a"));

    [Fact]
    public void Another_plan_makes_the_next() => Assert.Equal((5, true, false), GenerationChoice.For(Newest(GenerationState.Failed), "b"));

    private static Generation Newest(GenerationState state) => new(4, state, "a", "install", DateTimeOffset.UnixEpoch);
}
