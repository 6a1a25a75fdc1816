using System.IO.Compression;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat;

/// <summary>Compares the outputs of whole trees with Heat's, driven in one Python process over the same files.</summary>
public sealed class HeatTreeDifferentialTests
{
    private static readonly string s_corpus = Path.Combine(AppContext.BaseDirectory, "corpus", "trees");

    /// <summary>Trees of tripleo-heat-templates, or any other: files in the form of corpus/trees/small/inputs.json, with ':' between them.</summary>
    private static readonly string? s_given = Environment.GetEnvironmentVariable("UNDERCLOUD_HEAT_TREES");

    private static readonly string? s_golden = Environment.GetEnvironmentVariable("UNDERCLOUD_GOLDEN");

    [Fact]
    public async Task The_small_tree_resolves_as_Heat_was_once_seen_to_resolve_it()
    {
        var recorded = CanonicalJson.Read(await File.ReadAllTextAsync(Path.Combine(s_corpus, "small.answers.json"), TestContext.Current.CancellationToken));
        var inputs = TreeInputs.Read(Path.Combine(s_corpus, "small", "inputs.json"));
        var mine = inputs.Resolve(await inputs.RenderAsync());
        Assert.Equal("", string.Join('\n', mine.Diagnostics.Where(finding => finding.Severity == Severity.Error)));
        Assert.Equal("", string.Join('\n', TreeAnswers.Differences(recorded, TreeAnswers.Mask(mine.Outputs, []), "")));
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

    /// <summary>UNDERCLOUD_GOLDEN is a directory with RELEASE/inputs.json beside RELEASE/outputs.json.gz, what Heat once answered.</summary>
    [Fact]
    public async Task Trees_resolve_to_golden_outputs()
    {
        if (string.IsNullOrEmpty(s_golden))
            Assert.Skip("UNDERCLOUD_GOLDEN names no directory with golden outputs.");
        foreach (var directory in Directory.GetDirectories(s_golden))
        {
            var inputs = TreeInputs.Read(Path.Combine(directory, "inputs.json"));
            await using var packed = new GZipStream(File.OpenRead(Path.Combine(directory, "outputs.json.gz")), CompressionMode.Decompress);
            var theirs = CanonicalJson.Read(await new StreamReader(packed).ReadToEndAsync(TestContext.Current.CancellationToken));
            var mine = inputs.Resolve(await inputs.RenderAsync());
            Assert.Equal("", string.Join('\n', TreeAnswers.Differences(TreeAnswers.Mask(theirs, []), TreeAnswers.Mask(mine.Outputs, []), directory)));
        }
    }

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
                new("environments", new ListValue([.. inputs.Environments.Select(environment => (Value)environment)])),
            ]);
            var answer = await PythonOracle.Answer("heat.engine.stack, heatclient", "heat_tree.py", CanonicalJson.Write(asked), "-", "--mask", "--random", random);
            Assert.Equal("", string.Join('\n', mine.Diagnostics.Where(finding => finding.Severity == Severity.Error)));
            Assert.Equal("", string.Join('\n', TreeAnswers.Differences(TreeAnswers.Mask(CanonicalJson.Read(answer), []), TreeAnswers.Mask(mine.Outputs, mine.HiddenValues), path)));
            await File.WriteAllTextAsync(Path.ChangeExtension(Path.GetDirectoryName(path), ".answers.json.new"), answer, TestContext.Current.CancellationToken);
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
}
