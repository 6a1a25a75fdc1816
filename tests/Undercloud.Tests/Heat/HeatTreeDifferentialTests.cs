using System.IO.Compression;
using System.Text.RegularExpressions;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat;

/// <summary>Compares the outputs of whole trees with Heat's, driven in one Python process over the same files.</summary>
public sealed partial class HeatTreeDifferentialTests
{
    private static readonly string s_corpus = Path.Combine(AppContext.BaseDirectory, "corpus", "trees");

    /// <summary>Trees of tripleo-heat-templates, or any other: files in the form of corpus/trees/small/inputs.json, with ':' between them.</summary>
    private static readonly string? s_given = Environment.GetEnvironmentVariable("UNDERCLOUD_HEAT_TREES");

    private static readonly string? s_golden = Environment.GetEnvironmentVariable("UNDERCLOUD_GOLDEN");

    private static readonly string? s_trees = Environment.GetEnvironmentVariable("UNDERCLOUD_TREES");

    [Fact]
    public async Task The_small_tree_resolves_as_Heat_was_once_seen_to_resolve_it()
    {
        var recorded = CanonicalJson.Read(await File.ReadAllTextAsync(Path.Combine(s_corpus, "small.answers.json"), TestContext.Current.CancellationToken));
        var inputs = TreeInputs.Read(Path.Combine(s_corpus, "small", "inputs.json"));
        var mine = inputs.Resolve(await inputs.RenderAsync());
        Assert.Equal("", string.Join('\n', mine.Diagnostics.Where(finding => finding.Severity == Severity.Error)));
        Assert.Equal("", string.Join('\n', TreeAnswers.Differences(recorded, TreeAnswers.Mask(mine.Outputs, mine.GeneratedValues), "")));
    }

    [Theory]
    [InlineData("small")]
    [InlineData("collection")]
    public async Task Our_own_trees_resolve_as_Heat_resolves_them(string tree) =>
        await Compare(Path.Combine(s_corpus, tree, "inputs.json"));

    [Fact]
    public async Task Trees_given_by_path_resolve_as_Heat_resolves_them()
    {
        if (string.IsNullOrEmpty(s_given))
            Assert.Skip("UNDERCLOUD_HEAT_TREES names no trees.");
        foreach (var path in s_given.Split(':'))
            await Compare(path);
    }

    /// <summary>
    /// UNDERCLOUD_GOLDEN is a directory of what Heat once answered: RELEASE/outputs.json.gz, environments.txt (TREE/… and FILES/…), files/.
    /// UNDERCLOUD_TREES is one of checkouts of tripleo-heat-templates, RELEASE/ each.
    /// </summary>
    [Theory]
    [InlineData("queens")]
    [InlineData("train")]
    public async Task Trees_resolve_to_golden_outputs(string release)
    {
        var golden = Path.Combine(s_golden ?? "", release);
        var tree = Path.Combine(s_trees ?? "", release);
        if (!Directory.Exists(golden) || !Directory.Exists(tree))
            Assert.Skip($"UNDERCLOUD_GOLDEN and UNDERCLOUD_TREES name no directories with {release}/.");
        var files = Directory.CreateTempSubdirectory("undercloud-golden-");
        try
        {
            // The recorded passwords of queens are Python's bytes as text; Heat was given the bytes.
            foreach (var file in Directory.GetFiles(Path.Combine(golden, "files")))
                await File.WriteAllTextAsync(Path.Combine(files.FullName, Path.GetFileName(file)), Bytes().Replace(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), "$1"), TestContext.Current.CancellationToken);
            var inputs = Golden(golden, tree, files.FullName);
            await using var packed = new GZipStream(File.OpenRead(Path.Combine(golden, "outputs.json.gz")), CompressionMode.Decompress);
            var theirs = (MapValue)CanonicalJson.Read(await new StreamReader(packed).ReadToEndAsync(TestContext.Current.CancellationToken));
            var mine = inputs.Resolve(await inputs.RenderAsync());
            Assert.Equal("", string.Join('\n', mine.Diagnostics.Where(finding => finding.Severity == Severity.Error)));
            Assert.Equal("", string.Join('\n', TreeAnswers.Differences(Comparable(theirs), Comparable(mine.Outputs), release)));
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    private static TreeInputs Golden(string golden, string tree, string files)
    {
        var roles = Path.Combine(files, "roles-data-override.yaml");
        var networks = Path.Combine(tree, "network_data_undercloud.yaml");
        var environments = File.ReadAllLines(Path.Combine(golden, "environments.txt"))
            .Select(line => line.Replace("TREE/", tree + "/", StringComparison.Ordinal).Replace("FILES/", files + "/", StringComparison.Ordinal));
        return new(
            tree, File.Exists(roles) ? roles : Path.Combine(tree, "roles_data_undercloud.yaml"),
            File.Exists(networks) ? networks : Path.Combine(tree, "network_data.yaml"), "overcloud.yaml", "undercloud", [.. environments]);
    }

    // A random password and the id of a stack are all that is in this output.
    private static Value Comparable(MapValue outputs) =>
        TreeAnswers.Mask(new MapValue(outputs.Entries.Where(output => output.Key != "ServerOsCollectConfigData")), []);

    // Heat gets the files as we rendered them: the rendering has a test of its own.
    private static async Task Compare(string path)
    {
        var inputs = TreeInputs.Read(path);
        var tree = await inputs.RenderAsync();
        var mine = inputs.Resolve(tree);
        var directory = Directory.CreateTempSubdirectory("undercloud-rendered-");
        try
        {
            Copy(tree.Root, directory.FullName);
            foreach (var (name, text) in tree.Rendered)
                await File.WriteAllTextAsync(Path.Combine(directory.FullName, name), text, TestContext.Current.CancellationToken);
            var random = Path.Combine(directory.FullName, "random.json");
            var asked = new MapValue(
            [
                new("templates", directory.FullName), new("root", inputs.Root), new("stack", inputs.Stack),
                new("environments", new ListValue([.. inputs.Environments.Select(environment => (Value)tree.Named(Path.Combine(tree.Root, environment)))])),
            ]);
            var answer = await PythonOracle.Answer("heat.engine.stack, heatclient", "heat_tree.py", CanonicalJson.Write(asked), "-", "--mask", "--random", random);
            Assert.Equal("", string.Join('\n', mine.Diagnostics.Where(finding => finding.Severity == Severity.Error)));
            Assert.Equal("", string.Join('\n', TreeAnswers.Differences(TreeAnswers.Mask(CanonicalJson.Read(answer), []), TreeAnswers.Mask(mine.Outputs, mine.GeneratedValues), path)));
            await File.WriteAllTextAsync(Path.GetDirectoryName(path) + ".answers.json.new", answer, TestContext.Current.CancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var directory in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
    }

    [GeneratedRegex("b'([^']*)'")]
    private static partial Regex Bytes();
}
