using System.Collections.Immutable;
using Undercloud.Deploy.Containers;

namespace Undercloud.Tests.Containers;

public sealed class PodmanArgumentsTests
{
    [Theory]
    [InlineData("service")]
    [InlineData("one_shot")]
    [InlineData("exec")]
    public void A_configuration_becomes_the_arguments_its_fixture_asserts(string name)
    {
        using var stream = typeof(PodmanArgumentsTests).Assembly.GetManifestResourceStream($"Undercloud.Tests.Containers.Fixtures.{name}.json")!;
        var lines = new StreamReader(stream).ReadToEnd().Split('\n');
        var arguments = Arguments(Specs.Read(string.Join('\n', lines.Where(line => !line.StartsWith("## ", StringComparison.Ordinal))), name));
        foreach (var expected in Asserted(lines, "assert-arg"))
            Assert.Contains(expected, arguments);
        foreach (var refuted in Asserted(lines, "refute-arg"))
            Assert.DoesNotContain(refuted, arguments);
        var last = Asserted(lines, "assert-last");
        Assert.Equal(last, arguments.TakeLast(last.Length));

        // Whatever is not asserted is known to be ours; the fixture says all the rest.
        var unasserted = arguments.SkipLast(last.Length).Except(Asserted(lines, "assert-arg"))
            .Where(argument => !argument.StartsWith("--label=config_", StringComparison.Ordinal));
        if (name == "service")
            Assert.Empty(unasserted);
    }

    [Fact]
    public void A_shell_beside_a_container_has_its_mounts_but_not_its_name_labels_or_command()
    {
        var spec = Specs.Read("""{"image": "k:1", "command": ["serve"], "volumes": ["/a:/a"], "healthcheck": {"test": "true"}}""");
        var arguments = PodmanArguments.ForShell(spec, "keystone-debug-1", terminal: false);
        Assert.Contains("--name=keystone-debug-1", arguments);
        Assert.Contains("--rm", arguments);
        Assert.Contains("--volume=/a:/a", arguments);
        Assert.DoesNotContain("serve", arguments);
        Assert.DoesNotContain("--tty", arguments);
        Assert.DoesNotContain(arguments, argument => argument.StartsWith("--label", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_whose_name_has_moved_on_is_named_by_its_id() =>
        Assert.Equal(Specs.ImageId, PodmanArguments.ForCreate(Specs.Service() with { Image = null }, Specs.Placement)[^1]);

    private static ImmutableArray<string> Arguments(ContainerSpec spec) => spec.Kind switch
    {
        ContainerKind.Exec => PodmanArguments.ForExec(spec),
        ContainerKind.OneShot => PodmanArguments.ForRun(spec, Specs.Placement),
        _ => PodmanArguments.ForCreate(spec, Specs.Placement),
    };

    private static string[] Asserted(string[] lines, string what) =>
        [.. lines.Where(line => line.StartsWith($"## {what} ", StringComparison.Ordinal)).Select(line => line[(what.Length + 4)..])];
}
