using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Heat.Values;
using Undercloud.Host.Processes;
using Undercloud.Host.Templates;

namespace Undercloud.Tests.Heat;

/// <summary>A tree and its environments, as tests/differential/heat_tree.py takes them: paths are absolute, or relative to the tree.</summary>
internal sealed record TreeInputs(string Templates, string? Roles, string? Networks, string Root, string Stack, IReadOnlyList<string> Environments)
{
    public static TreeInputs Read(string path)
    {
        var json = (MapValue)CanonicalJson.Read(File.ReadAllText(path));
        string? Text(string key) => (json[key] as StringValue)?.Text;
        var templates = Path.GetFullPath(Text("templates")!, Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new(
            templates, Text("roles"), Text("networks"), Text("root") ?? "overcloud.yaml", Text("stack")!,
            [.. ((ListValue)json["environments"]!).Items.Select(item => ((StringValue)item).Text)]);
    }

    /// <summary>The tree, its Jinja2 files rendered.</summary>
    public async Task<TemplateTree> RenderAsync()
    {
        var findings = new DiagnosticBag();
        var cache = Directory.CreateTempSubdirectory("undercloud-tree-");
        try
        {
            var renderer = new TemplateRenderer(new ProcessRunner(TimeProvider.System), cache.FullName);
            var tree = await renderer.RenderAsync(Templates, Roles ?? "", Networks ?? "", findings, TestContext.Current.CancellationToken);
            Assert.Equal("", string.Join('\n', findings.All));
            return tree!;
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    public StackResult Resolve(TemplateTree tree)
    {
        var findings = new DiagnosticBag();
        var environment = HeatEnvironment.Read(Environments.Select(path => tree.Named(Path.Combine(tree.Root, path))), tree, findings);
        Assert.DoesNotContain(findings.All, finding => finding.Severity == Severity.Error);
        return StackResolver.Resolve(new() { Name = Stack, TemplatePath = Root, Files = tree, Environment = environment });
    }
}
