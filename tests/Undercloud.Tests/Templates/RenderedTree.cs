using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Processes;
using Undercloud.Host.Templates;

namespace Undercloud.Tests.Templates;

/// <summary>A tree of templates of a test's own in a temporary directory, with a cache beside it.</summary>
internal sealed class RenderedTree : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("undercloud-rendering-");

    public RenderedTree(params (string Path, string Text)[] files)
    {
        if (!File.Exists("/usr/lib/python3/dist-packages/jinja2/__init__.py"))
            Assert.Skip("There is no python3-jinja2.");
        Directory.CreateDirectory(Root);
        foreach (var (path, text) in files.Prepend(("networks.yaml", "[]")).Prepend(("roles.yaml", "[{name: One}]")))
            Write(path, text);
    }

    public string Root => Path.Combine(_directory.FullName, "tree");

    /// <summary>The cache's directory, which is made when it is needed.</summary>
    public string Cache => Path.Combine(_directory.FullName, "cache");

    /// <summary>How many times Python ran.</summary>
    public int Runs { get; private set; }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Renders it, without a finding.</summary>
    public async Task<TemplateTree> RenderAsync()
    {
        var (tree, findings) = await TryAsync();
        Assert.Equal("", findings);
        return tree!;
    }

    /// <summary>The one file that a tree without findings has of this path.</summary>
    public async Task<string> TextAsync(string path) => (await RenderAsync()).Rendered[path];

    /// <summary>The findings, paths as they are in the tree.</summary>
    public async Task<string> FindingsAsync(string roles = "roles.yaml")
    {
        var (tree, findings) = await TryAsync(roles);
        Assert.True(tree is null || !tree.Failures.IsEmpty);
        return findings;
    }

    private async Task<(TemplateTree? Tree, string Findings)> TryAsync(string roles = "roles.yaml")
    {
        var findings = new DiagnosticBag();
        var processes = new CountingProcesses(new ProcessRunner(TimeProvider.System));
        var tree = await new TemplateRenderer(processes, Cache).RenderAsync(Root, roles, "networks.yaml", findings, TestContext.Current.CancellationToken);
        Runs += processes.Count;
        return (tree, string.Join('\n', findings.All.Concat(tree?.Failures.OrderBy(failure => failure.Key, StringComparer.Ordinal).Select(failure => failure.Value) ?? [])).Replace(Root + "/", "", StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private sealed class CountingProcesses(IProcessRunner real) : IProcessRunner
    {
        public int Count { get; private set; }

        public Task<ProcessResult> RunAsync(CommandLine command, CancellationToken stop)
        {
            Count++;
            return real.RunAsync(command, stop);
        }

        public Task<ProcessResult> FollowAsync(CommandLine command, Action<OutputLine> onLine, CancellationToken stop) =>
            throw new NotSupportedException();

        public Task<int> AttachAsync(CommandLine command, CancellationToken stop) => throw new NotSupportedException();
    }
}
