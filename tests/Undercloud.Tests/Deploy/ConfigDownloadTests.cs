using System.IO.Compression;
using Undercloud.Deploy.Ansible;
using Undercloud.Deploy.ConfigDownload;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Tests.Deploy;

/// <summary>
/// Compares projects with those that tripleo-common writes from the same outputs, file by file. Its answers for tests/corpus/config-download are
/// recorded there; with checkouts of it at hand they are asked for again:
/// UNDERCLOUD_TRIPLEO_COMMON_QUEENS and UNDERCLOUD_TRIPLEO_COMMON_TRAIN say where those are, and UNDERCLOUD_GOLDEN
/// where QUEENS-OR-TRAIN/outputs.json.gz are, the outputs of whole stacks.
/// </summary>
public sealed class ConfigDownloadTests
{
    private const string Checkouts = "UNDERCLOUD_TRIPLEO_COMMON_";
    private const string Golden = "UNDERCLOUD_GOLDEN";

    private static string Corpus => Path.Combine(AppContext.BaseDirectory, "corpus", "config-download");

    [Theory]
    [InlineData("queens")]
    [InlineData("train")]
    public void Projects_are_those_tripleo_common_was_once_seen_to_write(string release)
    {
        var recorded = (MapValue)CanonicalJson.Read(File.ReadAllText(Path.Combine(Corpus, $"{release}.expected.json")));
        Assert.True(recorded.Count > 25);
        Assert.Equal("", string.Join('\n', Differences(Project(Case(release)), recorded)));
    }

    /// <summary>tripleo-common's answer is written beside the corpus as .new, to be copied when the corpus has grown.</summary>
    [Theory]
    [InlineData("queens")]
    [InlineData("train")]
    public async Task Projects_are_those_tripleo_common_writes(string release)
    {
        var input = Case(release);
        var theirs = await TripleoCommon(release, input);
        var recorded = Path.Combine(Corpus, $"{release}.expected.json");
        await File.WriteAllTextAsync(recorded + ".new", theirs, TestContext.Current.CancellationToken);
        Assert.Equal("", string.Join('\n', Differences(Project(input), (MapValue)CanonicalJson.Read(theirs))));
        Assert.Equal(await File.ReadAllTextAsync(recorded, TestContext.Current.CancellationToken), theirs);
    }

    [Theory]
    [InlineData("queens")]
    [InlineData("train")]
    public async Task The_project_of_a_whole_stack_is_the_one_tripleo_common_writes(string release)
    {
        if (Environment.GetEnvironmentVariable(Golden) is not { Length: > 0 } golden)
        {
            Assert.Skip($"{Golden} names no directory with outputs of whole stacks.");
            return;
        }

        var input = await WholeStack(Path.Combine(golden, release, "outputs.json.gz"));
        var theirs = (MapValue)CanonicalJson.Read(await TripleoCommon(release, input));
        var differences = Differences(Project(input), theirs);
        var own = theirs.Entries.Count(file => ((MapValue)file.Value).ContainsKey("own"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{release}: {theirs.Count} files; {theirs.Count - own} compared, {differences.Count} differing; {own} that are copies of its own files.");
        Assert.Equal("", string.Join('\n', differences));
    }

    private static async Task<MapValue> WholeStack(string path)
    {
        await using var compressed = File.OpenRead(path);
        using var reader = new StreamReader(new GZipStream(compressed, CompressionMode.Decompress));
        var outputs = (MapValue)CanonicalJson.Read(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        var ids = (outputs["HostnameNetworkConfigMap"] as MapValue)?.Entries ?? [];
        return new MapValue([
            new("stack", "undercloud"),
            new("python", "/usr/bin/python3"),
            new("role", "Undercloud"),
            new("outputs", outputs),
            new("parameter_defaults", CanonicalJson.Read("""{"ContainerCli": "podman", "AdminPassword": "secret"}""")),
            new("network_configs", new MapValue(ids.Select(id => KeyValuePair.Create(((StringValue)id.Value).Text, (Value)$"#!/bin/bash\n# {id.Key}\n")))),
        ]);
    }

    private static async Task<string> TripleoCommon(string release, MapValue input)
    {
        var variable = Checkouts + release.ToUpperInvariant();
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } checkout)
        {
            Assert.Skip($"{variable} names no checkout of tripleo-common.");
            return "";
        }

        var directory = Directory.CreateTempSubdirectory("config-download-");
        try
        {
            return await PythonOracle.Answer("heatclient, oslo_utils, six, jinja2, pbr", "config_download.py", CanonicalJson.Write(input), checkout, directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static MapValue Case(string release)
    {
        var path = Path.Combine(Corpus, $"{release}.yaml");
        return (MapValue)YamlReader.Read(File.ReadAllText(path), path, new DiagnosticBag())!.ToValue();
    }

    private static IReadOnlyList<ProjectFile> Project(MapValue input)
    {
        var findings = new DiagnosticBag();
        var request = new ConfigDownloadRequest(Text(input, "stack"), (MapValue)input["outputs"]!)
        {
            Inventory = new()
            {
                LocalRole = Text(input, "role"),
                PythonInterpreter = Text(input, "python"),
            },
        };
        var files = ConfigDownload.Write(ServerDeploymentReader.Read(request, input, findings), findings);
        Assert.DoesNotContain(findings.All, finding => finding.Severity == Severity.Error);
        return files;
    }

    private static string Text(MapValue input, string key) => ((StringValue)input[key]!).Text;

    private static List<string> Differences(IReadOnlyList<ProjectFile> ours, MapValue theirs)
    {
        var files = ours.ToDictionary(file => file.Path, file => file.Content);
        return
        [
            .. files.Keys.Where(path => !theirs.ContainsKey(path)).Select(path => $"{path}: only ours"),
            .. theirs.Entries.Where(file => !files.ContainsKey(file.Key)).Select(file => $"{file.Key}: only theirs"),
            .. theirs.Entries.Where(file => files.ContainsKey(file.Key)).Select(file => Difference(file.Key, files[file.Key], (MapValue)file.Value)).OfType<string>(),
        ];
    }

    private static string? Difference(string path, string ours, MapValue theirs)
    {
        if (theirs.ContainsKey("own"))
            return ours.Length > 0 ? null : $"{path}: empty";
        if (theirs["text"] is StringValue text)
            return ours == text.Text ? null : $"{path}: text differs";
        var findings = new DiagnosticBag();
        var value = YamlReader.Read(ours, path, findings)?.ToValue();
        return findings.HasErrors ? $"{path}: {findings.All[0]}"
            : theirs["value"]!.Equals(value) ? null
            : $"{path}:\n ours {value}\n theirs {theirs["value"]}";
    }
}
