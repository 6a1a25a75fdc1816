using System.Globalization;
using System.Text.RegularExpressions;

namespace Undercloud.Scenarios;

/// <summary>OpenStack's own test suite on an undercloud with all services: every test that runs passes, and every test that is excluded still exists.</summary>
[Trait("scenario", "tempest")]
public sealed partial class Tempest
{
    private const string Name = "tempest";

    [Fact(Explicit = true)]
    public void The_smoke_tests_and_those_of_baremetal_and_orchestration_pass()
    {
        Shell.Undercloud("sandbox", "delete", Name);
        Shell.Undercloud("image", "build", "tempest").Expect();
        var conf = Path.Combine(Directory.CreateTempSubdirectory().FullName, "undercloud.conf");
        File.WriteAllText(conf, "[DEFAULT]\nenabled_hardware_types = ipmi,redfish,fake-hardware\n");
        Shell.Undercloud("install", $"--sandbox={Name}", "--conf", conf).Expect();
        Directory.Delete(Path.GetDirectoryName(conf)!, recursive: true);

        var everything = Exec("undercloud-tempest --list-tests").Expect().Output.Split('\n');
        Assert.All(
            Exec("podman run --rm --net none localhost/undercloud/tempest:zed cat /usr/share/undercloud/tempest-skipped").Expect().Output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')),
            skipped => Assert.Contains(everything, test => Regex.IsMatch(test, skipped)));

        // The suite runs in the background: a command of a scenario has a time limit.
        Exec("systemd-run --quiet --unit=tempest --property=RemainAfterExit=yes sh -c 'undercloud-tempest > /tmp/tempest.log 2>&1'").Expect();
        for (var minutes = 0; minutes < 60 && Exec("systemctl show --property SubState --value tempest").Expect().Output.Trim() == "running"; minutes++)
            Thread.Sleep(TimeSpan.FromMinutes(1));
        var said = Exec("cat /tmp/tempest.log").Expect().Output;
        Assert.Equal(0, Count(FailedPattern(), said));
        Assert.True(Count(PassedPattern(), said) > 350, said[^Math.Min(said.Length, 4000)..]);
        Exec("undercloud status").Expect();
        Shell.Undercloud("sandbox", "delete", Name).Expect();
    }

    private static Ran Exec(string line) => Shell.Undercloud("sandbox", "exec", "--name", Name, "--", "bash", "-c", line);

    private static int Count(Regex pattern, string said) =>
        pattern.Match(said) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"Tempest did not get to its end:\n{said}");

    [GeneratedRegex(@"^ - Passed: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex PassedPattern();

    [GeneratedRegex(@"^ - Failed: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex FailedPattern();
}
