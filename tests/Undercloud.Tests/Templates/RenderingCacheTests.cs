namespace Undercloud.Tests.Templates;

/// <summary>When a rendering is taken from the cache, and when it must not be.</summary>
public sealed class RenderingCacheTests
{
    [Fact]
    public async Task The_same_content_is_rendered_once()
    {
        using var made = new RenderedTree(("a.j2.yaml", "{{roles[0].name}}"));
        Assert.Equal(await made.TextAsync("a.yaml"), await made.TextAsync("a.yaml"));
        Assert.Equal(1, made.Runs);
    }

    [Theory]
    [InlineData("a.j2.yaml", "{% include 'x.j2' %} more", "old more")]
    [InlineData("x.j2", "new", "new One")]
    [InlineData("roles.yaml", "[{name: Two}]", "old Two")]
    [InlineData("j2_excludes.yaml", "name: [b]", "old One")]
    [InlineData("tools/process-templates.py", "'idx'", "old One")]
    public async Task Whatever_changes_is_rendered_anew(string path, string text, string expected)
    {
        using var made = new RenderedTree(("a.j2.yaml", "{% include 'x.j2' %} {{roles[0].name}}"), ("x.j2", "old"));
        Assert.Equal("old One", await made.TextAsync("a.yaml"));
        made.Write(path, text);
        Assert.Equal(expected, await made.TextAsync("a.yaml"));
        Assert.Equal(2, made.Runs);
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData(".hidden/x.j2")]
    [InlineData("linked/x.j2")]
    public async Task What_includes_a_file_that_is_not_looked_for_is_never_kept(string path)
    {
        using var made = new RenderedTree(("a.j2.yaml", "{% include '" + path + "' %}"), ("../beside/x.j2", "old"));
        Directory.CreateSymbolicLink(Path.Combine(made.Root, "linked"), Path.Combine(made.Root, "..", "beside"));
        var real = path.Replace("linked/", "../beside/", StringComparison.Ordinal);
        made.Write(real, "old");
        Assert.Equal("old", await made.TextAsync("a.yaml"));
        made.Write(real, "new");
        Assert.Equal("new", await made.TextAsync("a.yaml"));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        using var made = new RenderedTree(("a.j2.yaml", "{{"));
        Assert.Equal(await made.FindingsAsync(), await made.FindingsAsync());
        Assert.Equal(2, made.Runs);
    }

    [Fact]
    public async Task A_damaged_entry_is_rendered_anew()
    {
        using var made = new RenderedTree(("a.j2.yaml", "x"));
        await made.RenderAsync();
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(made.Cache)), "{\"a.yaml\": 1}", TestContext.Current.CancellationToken);
        Assert.Equal("x", await made.TextAsync("a.yaml"));
        Assert.Equal(2, made.Runs);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_no_reason_to_fail()
    {
        using var made = new RenderedTree(("a.j2.yaml", "x"));
        // A file where the directory should be: not even root can write there.
        await File.WriteAllTextAsync(made.Cache, "", TestContext.Current.CancellationToken);
        Assert.Equal("x", await made.TextAsync("a.yaml"));
    }

    [Fact]
    public async Task Only_some_renderings_are_kept()
    {
        using var made = new RenderedTree(("a.j2.yaml", "x"));
        await made.RenderAsync();
        var kept = Assert.Single(Directory.GetFiles(made.Cache));
        for (var i = 0; i < 30; i++)
            File.Copy(kept, Path.Combine(made.Cache, $"{i}.json"));
        made.Write("a.j2.yaml", "y");
        await made.RenderAsync();
        Assert.Equal(20, Directory.GetFiles(made.Cache).Length);
    }
}
