using Undercloud.Config;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config.Parameters;

/// <summary>The recorded answers of python-tripleoclient to the files of tests/corpus/config.</summary>
public sealed class ClientParametersTests
{
    [Theory]
    [InlineData("queens", 8)]
    [InlineData("train", 12)]
    public void Recorded_files_lead_to_the_parameters_that_the_client_computed(string release, int files)
    {
        var requests = ClientCorpus.Requests(release);
        Assert.Equal(files, requests.Length);
        var answers = ClientCorpus.Answers(release);
        var known = KnownDifferences.Of(release);
        Assert.All(requests, one =>
        {
            var ours = one.Request.Answer(ConfigReleases.Named(release), out var findings);
            Assert.True(ours is not null, $"{one.Name}: {string.Join('\n', findings)}");
            var differences = Client.Differences(ours, (MapValue)answers[one.Name]!).Where(difference => !known.Contains(difference.What));
            Assert.True(!differences.Any(), $"{one.Name}: {string.Join('\n', differences)}");
        });
    }

    [Fact]
    public void Every_parameter_is_named_by_the_options_that_lead_to_it()
    {
        // Of the host, whatever the file says.
        string[] others = ["UndercloudHomeDir", "PythonInterpreter"];
        var named = UndercloudOptions.All.SelectMany(option => option.Parameters.Select(parameter => parameter.Name).Concat(option.Computed));
        var queens = Enumerable.Range(0, 150).Select(seed => ConfGenerator.Queens(seed).Answer(ConfigReleases.Named("queens"), out _));
        var train = Enumerable.Range(0, 150).Select(seed => ConfGenerator.Train(seed).Answer(ConfigReleases.Named("train"), out _));
        var seen = queens.Concat(train).SelectMany(answer => ((MapValue)answer!["parameters"]!).Keys).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], seen.Except(others).Except(named).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_environment_file_is_named_by_the_options_that_lead_to_it()
    {
        // These come with every undercloud or with options that have no effect here, and are for other collections alone.
        string[] others =
        [
            "environments/undercloud.yaml", "environments/use-dns-for-vips.yaml", "environments/podman.yaml", "undercloud-stack-vstate-dropin.yaml",
            "environments/services/novajoin.yaml", "environments/services/undercloud-tls.yaml",
        ];
        var named = UndercloudOptions.All.SelectMany(option => option.Environments.Concat(option.EnvironmentsWhenOff));
        var train = Enumerable.Range(0, 150).Select(seed => ConfGenerator.Train(seed).Answer(ConfigReleases.Named("train"), out _));
        var seen = train.SelectMany(answer => ((ListValue)answer!["environments"]!).Items).Select(item => ((StringValue)item).Text)
            .Where(file => !Path.IsPathRooted(file)).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], seen.Except(others).Except(named).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_known_difference_has_its_reason() =>
        Assert.All(KnownDifferences.Read(), one => Assert.True(one.Release is "queens" or "train" && one.Reason.Length > 20, $"{one}"));
}
