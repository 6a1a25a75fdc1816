namespace Undercloud.Tests.Heat;

/// <summary>Compares random small trees with what Heat makes of them, all in one Python process.</summary>
public sealed class RandomStackDifferentialTests
{
    /// <summary>The seeds, FIRST-LAST: the same ones each time unless others are asked for.</summary>
    private static readonly string s_seeds = Environment.GetEnvironmentVariable("UNDERCLOUD_RANDOM_STACKS") ?? "1-60";

    [Fact]
    public async Task Random_stacks_resolve_as_Heat_resolves_them()
    {
        var bounds = s_seeds.Split('-').Select(int.Parse).ToArray();
        var cases = Enumerable.Range(bounds[0], bounds[1] - bounds[0] + 1).Select(StackGenerator.Case).ToList();
        var theirs = await StackCase.Ask(cases);
        StackCase.AllEqual(cases.Zip(theirs).SelectMany(pair => pair.First.Differences(pair.Second).Select(line => $"{line}\n{pair.First.Text}")));
        Assert.InRange(theirs.Count(answer => answer["error"] is null), cases.Count / 5, cases.Count);
    }
}
