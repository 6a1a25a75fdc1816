using Undercloud.Host.Files;

namespace Undercloud.Tests.Files;

public sealed class ScratchDirectoryTests
{
    [Fact]
    public void What_a_killed_process_has_left_is_removed_and_what_a_living_one_uses_is_not()
    {
        var root = Directory.CreateTempSubdirectory();
        try
        {
            // No process has this number: it is above the largest.
            var left = root.CreateSubdirectory("scratch-999999999-check-1");
            File.WriteAllText(Path.Combine(left.FullName, "manifest.json"), "{}");
            var used = root.CreateSubdirectory($"scratch-{Environment.ProcessId}-check-2");
            var other = root.CreateSubdirectory("runtime");
            ScratchDirectory.RemoveLeft(root.FullName);
            Assert.Equal(new[] { other.Name, used.Name }.Order(), root.GetDirectories().Select(one => one.Name).Order());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_new_one_is_for_its_owner_alone()
    {
        var scratch = ScratchDirectory.Make("test");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, scratch.UnixFileMode);
        scratch.Delete();
    }
}
