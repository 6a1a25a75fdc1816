using System.Collections.Immutable;
using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config;

/// <summary>What holds of the migration of every file: nothing is lost, the meaning stays, and once is enough.</summary>
public sealed class ConfigMigrationPropertyTests
{
    // These are rewritten into each other.
    private static readonly ImmutableArray<string> s_masquerade = [AddressOptions.MasqueradeNetwork.Name, SubnetOptions.Masquerade.Name];

    private static readonly Gen<string> s_assignment = Gen.Int[0, UndercloudOptions.All.Length - 1].SelectMany(i =>
    {
        var option = UndercloudOptions.All[i];
        string[] names = [option.Name, .. option.DeprecatedNames, .. option.FlatNames];
        return Gen.Select(Gen.Int[0, names.Length - 1], OptionTexts.Of(option), Gen.Int[0, 2],
            (name, text, separator) => $"{names[name]}{" = |:|=".Split('|')[separator]}{text}");
    });

    private static readonly ImmutableArray<string> s_others =
    [
        "[DEFAULT]", "[DEFAULT]", "[ctlplane-subnet]", "[auth]", "[Auth]", "[leaf1]", "[nothing]", "", "", "# a comment", "; another", "#local_ip = 1",
        "unknown = 1", "subnets = ctlplane-subnet, leaf1", "local_subnet = leaf1", "heat_container_image = $overcloud_domain_name",
        "undercloud_nameservers = $network_gateway", "service_principal = ${container_cli}/$local_mtu", "masquerade_network = 192.168.24.0/24",
        "undercloud_hostname =", "custom_env_files = a.yaml,\n  b.yaml,\n\tc.yaml", "local_mtu = big", "cidr = 10.0.1.0/24",
    ];

    private static readonly Gen<string> s_file =
        Gen.OneOf(s_assignment, s_assignment, Gen.Int[0, s_others.Length - 1].Select(i => s_others[i])).Array[0, 40]
            .Select(lines => $"[DEFAULT]\n{string.Join('\n', lines)}\n");

    [Fact]
    public void Every_assignment_has_a_row_and_every_line_is_in_the_new_file() =>
        s_file.Sample(text =>
        {
            var result = Migrate(text);
            var file = OsloConfigReader.Read(text, "f", new DiagnosticBag());
            Assert.Equal(file.Entries.Select(entry => (entry.Name, (int?)entry.Location.Line)),
                result.Options.Where(row => row.Line is not null).Select(row => (row.Name, row.Line)));
            var lines = result.Text.Split('\n').ToList();
            foreach (var line in text.Split('\n').Where(line => !line.StartsWith("masquerade_network", StringComparison.Ordinal)))
                Assert.True(lines.Remove(line) || lines.Remove($"#{line}") || TakeRenamed(lines, line), $"{line}\nis not in\n{result.Text}");
        });

    [Fact]
    public void The_new_file_comes_to_the_same_as_the_old_one() =>
        s_file.Sample(text =>
        {
            var before = UndercloudConfigReading.Of(text, out var old);
            var result = Migrate(text);
            var after = UndercloudConfigReading.Of(result.Text, out var found);

            // A subnet's option in [DEFAULT] is in force from now on.
            var misplaced = result.Options.Where(row => row is { Fate: MigrationFate.Moved, Remark: not null }).Select(row => row.Option).ToHashSet();
            Assert.Equal(Meaning(before, misplaced), Meaning(after, misplaced));
            Assert.DoesNotContain(found, finding => finding.Code is "CFG002" or "CFG003" or "CFG004");
            Assert.True(found.Count(IsError) <= old.Count(IsError), string.Join('\n', found));
        }, iter: 300);

    [Fact]
    public void Its_own_result_stays_as_it_is() =>
        s_file.Sample(text =>
        {
            var once = Migrate(text).Text;
            Assert.Equal(once, Migrate(once).Text);
        }, iter: 300);

    private static bool IsError(Diagnostic finding) => finding.Severity == Severity.Error;

    private static string Meaning(UndercloudConfig config, HashSet<ConfigOption?> without) => string.Join('\n', config.Settings
        .Where(setting => !without.Any(option => option?.Group == setting.Option.Group && option.Name == setting.Option.Name))
        .Where(setting => setting.Option.Effect != OptionEffect.None && !s_masquerade.Contains(setting.Option.Name))
        .Select(setting => $"{setting.Option.Group} {setting.Option.Name} {setting.Value}"));

    // The line under another name.
    private static bool TakeRenamed(List<string> lines, string line)
    {
        var separator = line.IndexOfAny([' ', '=', ':']);
        var found = separator < 0 ? -1 : lines.FindIndex(other => other.EndsWith(line[separator..], StringComparison.Ordinal) && !other.StartsWith('#'));
        if (found >= 0)
            lines.RemoveAt(found);
        return found >= 0;
    }

    private static MigrationResult Migrate(string text) => ConfigMigration.Run(text, "f", null, new DiagnosticBag())!;
}
