using CsCheck;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Templates;
using Undercloud.Host.Templates;

namespace Undercloud.Tests.Heat;

/// <summary>The small tree, with one of its files damaged: whatever is in it ends in outputs or findings.</summary>
public sealed class TreeFuzzTests
{
    private static readonly string[] s_pieces =
    [
        "", "{", "}", "[", "]", ": ", "\n", "  ", "- ", "&a ", "*a", "<<: *a", "null", "!!binary x", "'", "\"", "|\n", "%", "\t", "\0", "�",
        "{get_param: Nope}", "{get_attr: [Server, nope, 0]}", "{get_resource: Script}", "{get_file: ../nope}", "{yaql: {expression: $.data, data: {}}}",
        "{yaql: {expression: 'range(0).select($*$).sum()', data: 1}}", "{repeat: {for_each: {a: [b]}, template: a}}", "{if: [nope, 1, 2]}", "OS::Heat::None",
        "OS::TripleO::Services", "services/api.yaml", "common/services.yaml", "99999999999999999999", "1e400", "-1", "0o17", "2020-01-01", "$.data.where($ != null)",
    ];

    [Fact]
    public async Task A_damaged_tree_never_throws()
    {
        var inputs = TreeInputs.Read(Path.Combine(AppContext.BaseDirectory, "corpus", "trees", "small", "inputs.json"));
        var tree = await inputs.RenderAsync();
        var files = Files(tree);
        var names = files.Keys.Order(StringComparer.Ordinal).ToArray();
        Gen.Select(Gen.OneOf(names), Gen.Double[0, 1], Gen.Int[0, 40], Gen.OneOf(s_pieces)).Sample(
            (name, at, length, piece) =>
            {
                var text = files[name];
                var place = (int)(at * text.Length);
                var damaged = text.Remove(place, int.Min(length, text.Length - place)).Insert(place, piece);
                Resolve(inputs, new InMemoryFiles(files.Select(file => KeyValuePair.Create(file.Key, file.Key == name ? damaged : file.Value))));
            },
            iter: 1500,
            seed: "0N0XIzNsQ0O2",
            threads: 1);
    }

    private static Dictionary<string, string> Files(TemplateTree tree)
    {
        var files = Directory.GetFiles(tree.Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(tree.Root, file))
            .Where(name => !name.Contains(".j2", StringComparison.Ordinal))
            .ToDictionary(name => name, name => tree.Read(name)!, StringComparer.Ordinal);
        foreach (var (name, text) in tree.Rendered)
            files[name] = text;
        return files;
    }

    // Broken or not, a finding must be a sentence that can be shown.
    private static void Resolve(TreeInputs inputs, ITemplateFiles files)
    {
        var findings = new DiagnosticBag();
        var environment = HeatEnvironment.Read(inputs.Environments, files, findings);
        var result = StackResolver.Resolve(new() { Name = inputs.Stack, TemplatePath = inputs.Root, Files = files, Environment = environment });
        foreach (var finding in findings.All.Concat(result.Diagnostics))
            Assert.NotEmpty(finding.ToString());
    }
}
