using CsCheck;

namespace Undercloud.Tests.Heat;

/// <summary>Compares random small trees with what Heat makes of them, all in one Python process.</summary>
public sealed class RandomStackDifferentialTests
{
    /// <summary>How many; a longer run, which then has another seed each time, is asked for by this variable.</summary>
    private static readonly string? s_count = Environment.GetEnvironmentVariable("UNDERCLOUD_RANDOM_STACKS");

    [Fact]
    public async Task Random_stacks_resolve_as_Heat_resolves_them()
    {
        var cases = new List<StackCase>();
        StackGenerator.Case.Sample(cases.Add, iter: s_count is null ? 60 : int.Parse(s_count), threads: 1, seed: s_count is null ? "0N0XIzNsQ0O2" : null);
        var theirs = await StackCase.Ask(cases);
        StackCase.AllEqual(cases.Zip(theirs).SelectMany(pair => pair.First.Differences(pair.Second).Select(line => $"{line}\n{pair.First.Text}")));
        Assert.InRange(theirs.Count(answer => answer["error"] is null), cases.Count / 5, cases.Count);
    }
}
