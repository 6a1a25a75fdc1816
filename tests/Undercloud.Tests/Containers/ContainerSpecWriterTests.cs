using System.Collections.Immutable;
using CsCheck;
using Undercloud.Deploy.Containers;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Containers;

public sealed class ContainerSpecWriterTests
{
    private static readonly Gen<string> s_word = Gen.Char["abcz019_./ '\"\\$%=é"].Array[1, 12].Select(letters => new string(letters)).Where(word => word.Trim().Length > 0);

    private static readonly Gen<ImmutableArray<string>> s_set =
        s_word.Array[0, 3].Select(words => words.Distinct().Order(StringComparer.Ordinal).ToImmutableArray());

    private static readonly Gen<ImmutableSortedDictionary<string, string>> s_pairs = Gen.Select(Gen.Char["ABCXYZ_"].Array[1, 5], s_word)
        .Array[0, 3].Select(pairs => pairs.DistinctBy(pair => new string(pair.Item1)).ToImmutableSortedDictionary(pair => new string(pair.Item1), pair => pair.Item2, StringComparer.Ordinal));

    private static readonly Gen<HealthCheck?> s_health =
        Gen.Select(s_word, Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[0, 9], Gen.Int[0, 300], Gen.Bool)
            .Select((test, interval, timeout, retries, start, there) => there ? new HealthCheck(test, interval, timeout, retries, start) : null);

    private static readonly Gen<ContainerSpec> s_spec =
        Gen.Select(Gen.Enum<ContainerKind>(), s_set, s_pairs, s_health, Gen.Enum<RestartPolicy>(), Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 1 << 30])
            .Select((kind, set, pairs, health, restart, order, flag, number) => Spec(kind, set, pairs, health, restart, order, flag, number));

    [Fact]
    public void What_is_written_is_read_back_equal() => s_spec.Sample(spec =>
    {
        var diagnostics = new DiagnosticBag();
        var read = Assert.Single(StartupConfiguration.Read((MapValue)CanonicalJson.Read(CanonicalJson.Write(ContainerSpecWriter.Write([spec]))), diagnostics));
        Assert.Empty(diagnostics.All);
        Assert.Equal(CanonicalJson.Write(ContainerSpecWriter.Write(spec)), CanonicalJson.Write(ContainerSpecWriter.Write(read)));
        Assert.Equal(ContainerFingerprint.Of(spec), ContainerFingerprint.Of(read));
        Assert.Equal((spec.Kind, spec.Job, spec.StartOrder, spec.Restart, spec.Health, spec.Drain, spec.ReplaceOrder, spec.Outlive), (read.Kind, read.Job, read.StartOrder, read.Restart, read.Health, read.Drain, read.ReplaceOrder, read.Outlive));
        Assert.Equal(spec.ExitCodes, read.ExitCodes);
        Assert.Equal(spec.DependsOn, read.DependsOn);
        Assert.Equal(spec.Databases, read.Databases);
    });

    [Theory]
    [InlineData("""{"image": "i", "detach": false, "job": "migrate"}""", "job")]
    [InlineData("""{"image": "i", "detach": false, "job": "sync", "databases": ["nova"]}""", "databases")]
    [InlineData("""{"image": "i", "job": "bootstrap"}""", "a service is no job")]
    [InlineData("""{"image": "i", "detach": false, "job": "upgrade"}""", "bootstrap, migrate, sync")]
    public void A_job_that_makes_no_sense_is_an_error(string config, string said)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(ContainerSpecReader.Read("c", (MapValue)CanonicalJson.Read(config), _ => null, diagnostics));
        Assert.Contains(said, Assert.Single(diagnostics.All).ToString());
    }

    private static ContainerSpec Spec(
        ContainerKind kind, ImmutableArray<string> set, ImmutableSortedDictionary<string, string> pairs, HealthCheck? health, RestartPolicy restart, int order, bool flag, int number)
    {
        var common = new ContainerSpec
        {
            Name = "c",
            Kind = kind,
            Image = "localhost/i:zed",
            Command = kind == ContainerKind.Exec ? ["other", "word", .. set] : set,
            Environment = pairs,
            Privileged = flag,
            StartOrder = order,
            Job = kind == ContainerKind.Service ? null : flag ? ContainerJob.Migrate : ContainerJob.Sync,
            Databases = kind == ContainerKind.Service || !flag ? [] : ["nova", "nova_cell0"],
            ExitCodes = kind == ContainerKind.Service ? [0] : [0, 2],
        };
        return kind == ContainerKind.Exec ? common : common with
        {
            Restart = restart,
            Health = health is null ? null : health with { Restarts = flag && restart is RestartPolicy.Always or RestartPolicy.UnlessStopped },
            Volumes = flag ? ["/a:/b:ro", "data:/c"] : [],
            Labels = pairs,
            MemLimit = flag ? number : null,
            MemswapLimit = flag ? -1 : null,
            StopGrace = flag ? order : null,
            DependsOn = flag ? ["tripleo_mysql.service"] : [],
            CapAdd = flag ? ["NET_ADMIN"] : [],
            Interactive = flag,
            Net = "host",
            ReplaceOrder = kind != ContainerKind.Service || !flag ? ReplaceOrder.StopFirst : health is null ? ReplaceOrder.LoadFirst : ReplaceOrder.StartFirst,
        };
    }
}
