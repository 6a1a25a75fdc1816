using Undercloud.Host.Checks;
using Undercloud.Host.Operations;

namespace Undercloud.Tests.Checks;

public sealed class DueRestartsTests : IDisposable
{
    private const string Maps = """
        55d0c0a00000-55d0c0a20000 r-xp 00002000 fe:01 131 /usr/sbin/cron
        7f1c00000000-7f1c00001000 rw-s 00000000 00:01 42 /memfd:doublemapper (deleted)
        7f1c10000000-7f1c10001000 r-xp 00000000 00:2f 43 /tmp/.org.x (deleted)
        7f1c20000000-7f1c20001000 r--p 00000000 fe:01 44 /usr/lib/locale/locale-archive (deleted)

        """;

    private readonly string _root = Directory.CreateTempSubdirectory("undercloud-root-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.9", "1.10", -1)]
    [InlineData("1.0~rc1", "1.0", -1)]
    [InlineData("1.0+b1", "1.0", 1)]
    [InlineData("1.0a", "1.0+", -1)]
    [InlineData("1:0.1", "2.0", 1)]
    [InlineData("1.0-2", "1.0-10", -1)]
    [InlineData("1.007", "1.7", 0)]
    [InlineData("6.12.38+deb13", "6.12.9+deb13", 1)]
    public void Versions_are_in_the_order_of_Debian(string left, string right, int order)
    {
        Assert.Equal(order, Math.Sign(DebianVersion.Compare(left, right)));
        Assert.Equal(-order, Math.Sign(DebianVersion.Compare(right, left)));
    }

    [Theory]
    [InlineData("6.1.0-9-amd64", "6.1.0-9-amd64 6.1.0-10-amd64 6.1.0-8-amd64", "6.1.0-10-amd64")]
    [InlineData("6.1.0-10-amd64", "6.1.0-9-amd64 6.1.0-10-amd64", null)]
    [InlineData("6.1.0-9-amd64", "6.1.0-9-cloud-amd64 6.1.0-31-cloud-amd64", null)]
    [InlineData("6.12.9+deb13-amd64", "6.12.38+deb13-amd64", "6.12.38+deb13-amd64")]
    [InlineData("5.15.0-gentoo", "", null)]
    [InlineData("", "6.1.0-9-amd64", null)]
    public void A_kernel_is_outdated_by_a_newer_one_of_its_flavour(string running, string installed, string? newer) =>
        Assert.Equal(newer, DueRestarts.NewerKernel(running, installed.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void A_replaced_program_or_library_of_a_package_counts_and_what_programs_unlink_themselves_does_not()
    {
        Assert.Null(StaleProcess.ReplacedIn("/usr/sbin/cron", Maps.Split('\n')));
        Assert.Equal("/usr/sbin/cron", StaleProcess.ReplacedIn("/usr/sbin/cron (deleted)", []));
        Assert.Null(StaleProcess.ReplacedIn("/home/me/a.out (deleted)", []));
        Assert.Equal("/usr/lib/x86_64-linux-gnu/libssl.so.3", StaleProcess.ReplacedIn(null, [.. Maps.Split('\n'), "7f-80 r-xp 00028000 fe:01 45                 /usr/lib/x86_64-linux-gnu/libssl.so.3 (deleted)"]));
    }

    [Fact]
    public void A_unit_is_named_with_the_command_that_restarts_it()
    {
        var due = Of(new(20, "/system.slice/ovs-vswitchd.service", "/usr/lib/libssl.so.3"), new(21, "/system.slice/system-getty.slice/getty@tty1.service", "/usr/sbin/agetty"));
        Assert.Equal("2 units run replaced files: getty@tty1.service (agetty), ovs-vswitchd.service (libssl.so.3). Restart: systemctl restart getty@tty1.service ovs-vswitchd.service", due.Text());
    }

    [Fact]
    public void Login_sessions_are_only_counted()
    {
        var due = Of(
            new(30, "/user.slice/user-0.slice/session-3.scope", "/usr/bin/bash"), new(31, "/user.slice/user-0.slice/session-3.scope", "/usr/bin/bash"),
            new(32, "/user.slice/user-0.slice/user@0.service/init.scope", "/usr/lib/systemd/systemd"));
        Assert.Equal((2, 0), (due.Sessions, due.Units.Length));
        Assert.Equal("2 login sessions run replaced files until the logout.", due.Text());
    }

    [Fact]
    public void The_monitor_of_a_container_is_renewed_with_the_container() =>
        Assert.Null(Of(new(40, "/system.slice/tripleo_keystone.service", "/usr/bin/conmon"), new(41, "/machine.slice/libpod-conmon-0123.scope", "/usr/bin/conmon")).Text());

    [Fact]
    public void Process_1_and_dbus_need_a_restart_of_the_host_which_renews_the_units_as_well()
    {
        var due = Of(new(1, "/init.scope", "/usr/lib/libc.so.6"), new(50, "/system.slice/dbus.service", "/usr/lib/libc.so.6"), new(51, "/system.slice/cron.service", "/usr/lib/libc.so.6"));
        Assert.Equal("restart the host (systemctl reboot): process 1 runs a replaced libc.so.6; dbus.service runs a replaced libc.so.6. The restart also renews 1 unit that runs replaced files.", due.Text());
    }

    [Fact]
    public void Packages_that_ask_for_a_restart_of_the_host_are_named() =>
        Assert.Equal("restart the host (systemctl reboot): packages ask for it (/run/reboot-required): dbus, linux-image-amd64.", DueRestarts.Of("", [], ["dbus", "linux-image-amd64"], []).Text());

    [Fact]
    public void A_host_is_read_without_the_processes_of_its_containers()
    {
        Process(1, "fe:01", "/usr/lib/systemd/systemd", "/init.scope");
        Process(20, "fe:01", "/usr/sbin/cron (deleted)", "/system.slice/cron.service");
        Process(21, "00:2f", "/usr/bin/python3 (deleted)", "/system.slice/tripleo_keystone.service/libpod-payload-1");
        Directory.CreateDirectory(At("proc/22"));
        Write("proc/sys/kernel/osrelease", "6.1.0-9-amd64\n");
        Write("boot/vmlinuz-6.1.0-10-amd64", "");
        Write("run/reboot-required", "*** System restart required ***\n");
        Write("run/reboot-required.pkgs", "dbus\ndbus\n");
        var due = new RestartReader(_root).Read();
        Assert.Equal(["the kernel 6.1.0-10-amd64 is installed, and 6.1.0-9-amd64 runs", "packages ask for it (/run/reboot-required): dbus"], due.Host);
        Assert.Equal([new StaleUnit("cron.service", "/usr/sbin/cron")], due.Units);
        Assert.Equal(NodeReports.Write(due), NodeReports.Write(NodeReports.ReadRestarts(NodeReports.Write(due))));
    }

    [Fact]
    public void A_host_of_which_nothing_can_be_read_has_nothing_to_restart()
    {
        Assert.Null(new RestartReader(_root).Read().Text());
        Assert.Null(NodeReports.ReadRestarts("{}").Text());
    }

    private static DueRestarts Of(params StaleProcess[] processes) => DueRestarts.Of("6.1.0-9-amd64", ["6.1.0-9-amd64"], null, processes);

    private void Process(int id, string device, string program, string controlGroup)
    {
        Write($"proc/{id}/mountinfo", $"21 20 0:5 / /dev rw - devtmpfs udev rw\n22 1 {device} / / rw,relatime - ext4 /dev/vda1 rw\n");
        Write($"proc/{id}/maps", Maps);
        Write($"proc/{id}/cgroup", $"0::{controlGroup}\n");
        File.CreateSymbolicLink(At($"proc/{id}/exe"), program);
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private string At(string path) => Path.Combine(_root, path);
}
