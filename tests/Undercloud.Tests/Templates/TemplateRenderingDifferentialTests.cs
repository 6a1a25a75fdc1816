using Undercloud.Heat.Diagnostics;
using Undercloud.Host.Processes;
using Undercloud.Host.Templates;

namespace Undercloud.Tests.Templates;

/// <summary>
/// Compares what we render with what the tools/process-templates.py of each tree renders, byte for byte.
/// UNDERCLOUD_TREES is a directory of checkouts of tripleo-heat-templates, RELEASE/ each.
/// </summary>
public sealed class TemplateRenderingDifferentialTests
{
    private static readonly string? s_trees = Environment.GetEnvironmentVariable("UNDERCLOUD_TREES");

    [Theory]
    [InlineData("queens")]
    [InlineData("rocky")]
    [InlineData("stein")]
    [InlineData("train")]
    [InlineData("ussuri")]
    [InlineData("victoria")]
    [InlineData("master")]
    public async Task Each_release_is_rendered_as_its_own_tool_renders_it(string release)
    {
        var root = Path.Combine(s_trees ?? "", release);
        if (string.IsNullOrEmpty(s_trees) || !Directory.Exists(root))
            Assert.Skip($"UNDERCLOUD_TREES names no directory with {release}/.");
        var work = Directory.CreateTempSubdirectory("undercloud-process-templates-");
        try
        {
            // All the roles there are in one file: of some names there are several, and the last one counts.
            var all = Path.Combine(work.FullName, "all.yaml");
            await File.WriteAllLinesAsync(all, Directory.GetFiles(Path.Combine(root, "roles"), "*.yaml").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(line => line != "---"), TestContext.Current.CancellationToken);
            var networks = Directory.GetFiles(root, "network_data*.yaml").Order(StringComparer.Ordinal).ToList();
            var roles = new[] { Path.Combine(root, "roles_data.yaml"), Path.Combine(root, "roles_data_undercloud.yaml"), all };
            for (var i = 0; i < Math.Max(roles.Length, networks.Count); i++)
                await Compare(root, roles[i % roles.Length], networks[i % networks.Count], Path.Combine(work.FullName, $"{i}"));
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task Compare(string root, string roles, string networks, string copy)
    {
        var stop = TestContext.Current.CancellationToken;
        Copy(root, copy);
        var processes = new ProcessRunner(TimeProvider.System);
        var theirs = CommandLine.Of("/usr/bin/python3", "tools/process-templates.py", "-r", roles, "-n", networks) with { WorkingDirectory = copy };
        (await processes.RunAsync(theirs, stop)).OrThrow();
        var findings = new DiagnosticBag();
        var mine = await new TemplateRenderer(processes, copy + ".cache").RenderAsync(root, roles, networks, findings, stop);
        Assert.Equal("", string.Join('\n', findings.All));
        var named = $"{Path.GetFileName(roles)} and {Path.GetFileName(networks)}";
        foreach (var file in Directory.GetFiles(copy, "*.yaml", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(copy, file);
            Assert.True(mine!.Has(path), $"{named}: we have no {path}");
            Assert.Equal($"{named}: {path}\n{await File.ReadAllTextAsync(file, stop)}", $"{named}: {path}\n{mine.Read(path)}");
        }

        foreach (var path in mine!.Rendered.Keys)
            Assert.True(File.Exists(Path.Combine(copy, path)), $"{named}: only we have {path}");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            if (path.StartsWith(".git", StringComparison.Ordinal) || new FileInfo(file).LinkTarget is not null)
                continue;
            var target = Path.Combine(to, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
