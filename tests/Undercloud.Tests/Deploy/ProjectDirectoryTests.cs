using Undercloud.Deploy.Ansible;
using Undercloud.Host.Failures;
using Undercloud.Host.Files;

namespace Undercloud.Tests.Deploy;

public sealed class ProjectDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("project-directory-");

    private string Root => Path.Combine(_home.FullName, "project");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void Files_and_directories_are_for_their_owner_alone()
    {
        Write(("a/b/c", "text\n"));
        Assert.Equal("text\n", Read("a/b/c"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Full("a/b/c")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Full("a/b")));
    }

    [Fact]
    public void A_second_run_writes_nothing()
    {
        Write(("a", "1"), ("b/c", "2"));
        var changes = Write(("a", "1"), ("b/c", "2"));
        Assert.Empty(changes.Written);
        Assert.Equal(["a", "b/c"], changes.Unchanged);
    }

    [Fact]
    public void What_an_earlier_run_wrote_goes_and_nothing_else()
    {
        Write(("a", "1"), ("b/c", "2"), ("d/e/f", "3"));
        File.WriteAllText(Full("b/mine"), "x");
        var changes = Write(("a", "4"));
        Assert.Equal(["a"], changes.Written);
        Assert.Equal(["b/c", "d/e/f"], changes.Removed.Order());
        Assert.True(File.Exists(Full("b/mine")));
        Assert.False(Directory.Exists(Full("d")));
    }

    [Fact]
    public void A_file_that_was_changed_since_stays_and_is_no_longer_ours()
    {
        Write(("a", "1"), ("b", "2"));
        File.WriteAllText(Full("b"), "mine now");
        Assert.Equal(["b"], Write(("a", "1")).Kept);
        Assert.Throws<InstallException>(() => Write(("b", "2")));
        Assert.Equal("mine now", Read("b"));
    }

    [Fact]
    public void A_file_that_is_not_ours_is_in_the_way_and_nothing_is_written()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Full("b"), "mine");
        var refusal = Assert.Throws<InstallException>(() => Write(("a", "1"), ("b", "2")));
        Assert.Contains(Full("b"), refusal.Message);
        Assert.Equal(["b"], Directory.GetFileSystemEntries(Root).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a/b")]
    public void No_symbolic_link_is_followed(string file)
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_home.FullName, "elsewhere"));
        Directory.CreateDirectory(Root);
        File.CreateSymbolicLink(Full("a"), elsewhere.FullName);
        Assert.Throws<InstallException>(() => Write((file, "1")));
        Assert.Empty(elsewhere.GetFileSystemInfos());
    }

    [Fact]
    public void Nothing_is_removed_behind_a_symbolic_link()
    {
        Write(("a/b", "1"), ("c", "1"));
        var elsewhere = Path.Combine(_home.FullName, "elsewhere");
        Directory.Move(Full("a"), elsewhere);
        File.CreateSymbolicLink(Full("a"), elsewhere);
        Write(("c", "1"));
        Assert.True(File.Exists(Path.Combine(elsewhere, "b")));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"../x": "y"}""")]
    [InlineData("""{"/etc/passwd": "y"}""")]
    [InlineData("[]")]
    public void A_damaged_list_stops_it(string list)
    {
        Write(("a", "1"));
        File.WriteAllText(Full(ProjectDirectory.ListFile), list);
        Assert.Throws<InstallException>(() => Write(("a", "2")));
        Assert.Equal("1", Read("a"));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData(ProjectDirectory.ListFile)]
    public void A_path_that_leads_out_or_to_the_list_is_refused(string path) =>
        Assert.Throws<InstallException>(() => Write((path, "1")));

    private ProjectChanges Write(params (string Path, string Content)[] files) =>
        new ProjectDirectory(Root).Write([.. files.Select(file => new ProjectFile(file.Path, file.Content, Private: true))]);

    private string Full(string file) => Path.Combine(Root, file);

    private string Read(string file) => File.ReadAllText(Full(file));
}
