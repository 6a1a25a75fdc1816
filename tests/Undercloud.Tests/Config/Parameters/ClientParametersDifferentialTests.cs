using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config.Parameters;

/// <summary>
/// Generated files, and what python-tripleoclient itself computes for them. UNDERCLOUD_TRIPLEOCLIENT_QUEENS and
/// UNDERCLOUD_TRIPLEOCLIENT_TRAIN name checkouts of those branches.
/// </summary>
public sealed class ClientParametersDifferentialTests
{
    private const int Files = 600;

    [Fact]
    public Task Generated_files_lead_to_the_parameters_of_queens() =>
        Compare(ConfigReleases.Named("queens"), "queens", [.. Enumerable.Range(0, Files).Select(ConfGenerator.Queens)]);

    [Fact]
    public Task Generated_files_lead_to_the_parameters_of_train() =>
        Compare(ConfigReleases.Named("train"), "train", [.. Enumerable.Range(0, Files).Select(ConfGenerator.Train)]);

    /// <summary>The answers are written beside the test, to be copied to tests/corpus/config when the corpus has grown.</summary>
    [Theory]
    [InlineData("queens")]
    [InlineData("train")]
    public async Task The_recorded_answers_are_those_of_the_client(string release)
    {
        var requests = ClientCorpus.Requests(release);
        var answers = await Client.Answers(release, [.. requests.Select(one => one.Request)]);
        var fresh = "{\n" + string.Join(",\n", requests.Zip(answers, (one, answer) => $"{PythonJson.Write(one.Name)}: {CanonicalJson.Write(answer)}")) + "\n}\n";
        var recorded = ClientCorpus.AnswersPath(release);
        await File.WriteAllTextAsync(recorded + ".new", fresh, TestContext.Current.CancellationToken);
        Assert.Equal(File.Exists(recorded) ? await File.ReadAllTextAsync(recorded, TestContext.Current.CancellationToken) : "", fresh);
    }

    private static async Task Compare(ConfigRelease release, string name, ImmutableArray<ClientRequest> requests)
    {
        var theirs = await Client.Answers(name, requests);
        var known = KnownDifferences.Of(name);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var differences = new List<string>();
        var compared = 0;
        foreach (var (request, their) in requests.Zip(theirs))
        {
            var ours = request.Answer(release, out var findings);
            if (ours is null)
            {
                differences.Add($"{findings.First(finding => finding.Severity == Undercloud.Heat.Diagnostics.Severity.Error)}\n{request.Conf}");
                continue;
            }

            compared++;
            foreach (var difference in Client.Differences(ours, their))
            {
                if (known.Contains(difference.What))
                    seen.Add(difference.What);
                else
                    differences.Add($"{difference}\n{request.Conf}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences, the first of them:\n{string.Join('\n', differences.Take(5))}");
        Assert.Equal(requests.Length, compared);
        Assert.Equal(known.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }
}
