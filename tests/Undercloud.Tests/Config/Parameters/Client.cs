using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config.Parameters;

/// <summary>One thing that ours and python-tripleoclient's answers have differently: a parameter's name, or what else.</summary>
internal sealed record ClientDifference(string What, string Ours, string Theirs);

/// <summary>python-tripleoclient, asked through tests/differential/undercloud_parameters.py.</summary>
internal static class Client
{
    private const string Parameters = "parameters";

    /// <summary>Its answers; the test is skipped where there is no checkout.</summary>
    public static async Task<ImmutableArray<MapValue>> Answers(string release, IReadOnlyCollection<ClientRequest> requests)
    {
        var variable = $"UNDERCLOUD_TRIPLEOCLIENT_{release.ToUpperInvariant()}";
        var checkout = Environment.GetEnvironmentVariable(variable);
        if (checkout is null || !Directory.Exists(Path.Combine(checkout, "tripleoclient")))
            Assert.Skip($"{variable} names no checkout of python-tripleoclient's stable/{release}.");
        var input = string.Concat(requests.Select(request => request.ToJson() + "\n"));
        var output = await PythonOracle.Answer("oslo_config, netaddr, yaml, jinja2, cryptography", "undercloud_parameters.py", input, checkout);
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (MapValue)PythonJson.Read(line)).ToImmutableArray();
        Assert.Equal(requests.Count, answers.Length);
        return answers;
    }

    /// <summary>All that differs.</summary>
    public static IEnumerable<ClientDifference> Differences(MapValue ours, MapValue theirs)
    {
        if (theirs["error"] is { } error)
        {
            yield return new("error", "", $"{error}");
            yield break;
        }

        foreach (var name in ours.Keys.Union(theirs.Keys).Where(name => name != Parameters && !Equals(ours[name], theirs[name])))
            yield return new(name, $"{ours[name]}", $"{theirs[name]}");
        var (our, their) = (Map(ours), Map(theirs));
        foreach (var name in our.Keys.Union(their.Keys).Where(name => !Equals(our[name], their[name])))
            yield return new(name, $"{our[name]}", $"{their[name]}");
    }

    private static MapValue Map(MapValue answer) => answer[Parameters] as MapValue ?? MapValue.Empty;
}
