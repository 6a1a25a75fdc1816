using System.Diagnostics;
using Undercloud.Host.Templates;

namespace Undercloud.Tests.Templates;

/// <summary>Files of a tree that are there and cannot be read: the reason is told, and nothing throws or waits.</summary>
public sealed class TemplateTreeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("template-tree-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_missing_file_has_no_reason() => Assert.Equal((null, null), Read("none.yaml"));

    [Fact]
    public void A_file_is_read()
    {
        File.WriteAllText(At("a.yaml"), "a: 1\n");
        Assert.Equal(("a: 1\n", null), Read("a.yaml"));
    }

    [Fact]
    public void A_broken_link_and_a_link_to_itself()
    {
        File.CreateSymbolicLink(At("broken.yaml"), "none.yaml");
        File.CreateSymbolicLink(At("circle.yaml"), "circle.yaml");
        Assert.Equal((null, $"{At("broken.yaml")} is a link to {At("none.yaml")}, which does not exist."), Read("broken.yaml"));
        Assert.StartsWith($"{At("circle.yaml")} is a link that leads back to itself.", Read("circle.yaml").Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        using (var made = Process.Start("mkfifo", [At("pipe.yaml")]))
            made.WaitForExit();
        Assert.Equal((null, $"{At("pipe.yaml")} is not a file but a device, a socket or a pipe."), Read("pipe.yaml"));
    }

    [Fact]
    public void A_file_that_this_user_may_not_read()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root reads everything");
        File.WriteAllText(At("closed.yaml"), "");
        File.SetUnixFileMode(At("closed.yaml"), UnixFileMode.None);
        Assert.StartsWith($"This user may not read or write {At("closed.yaml")}.", Read("closed.yaml").Failure, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_directory.FullName, name);

    private (string? Text, string? Failure) Read(string name)
    {
        var tree = TemplateTree.Plain(_directory.FullName);
        var failure = tree.Failure(name);
        Assert.True(failure is null or { Code: "TREE005" });
        return (tree.Read(name), failure?.Message);
    }
}
