using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

/// <summary>Properties of every file that the sample can be turned into.</summary>
public sealed class SampleFileTests
{
    // These two say which sections there are.
    private static readonly ImmutableArray<ConfigOption> s_options =
        [.. UndercloudOptions.All.Where(option => option.Name is not ("subnets" or "local_subnet"))];

    private static readonly string[] s_sample = SampleFile.Write().Split('\n');

    // Some options, each with a text it takes.
    private static readonly Gen<Dictionary<string, string>> s_chosen =
        Gen.Int[0, s_options.Length - 1].SelectMany(i => OptionTexts.Of(s_options[i]).Select(text => (s_options[i].Name, Text: text)))
            .Array[0, 30].Select(pairs => pairs.GroupBy(pair => pair.Name).ToDictionary(group => group.Key, group => group.Last().Text));

    private static readonly Gen<string> s_mutated =
        Gen.Select(s_chosen, Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 6], Gen.Char["[]=:#; \t\n\r\"'${}\\,\0é\u2028\ud800"]).Array[1, 12],
            (chosen, edits) => edits.Aggregate(Turned(chosen), (text, edit) => Mutate(text, edit.Item1 % (text.Length + 1), edit.Item2, edit.Item3)));

    [Fact]
    public void Options_uncommented_with_values_they_take_are_read_without_error() =>
        s_chosen.Sample(chosen =>
        {
            var config = UndercloudConfigReading.Of(Turned(chosen), out var findings);
            foreach (var finding in findings.Where(finding => finding.Severity == Severity.Error))
                Assert.False(finding.Code is "CFG002" or "CFG003" or "CFG004" or "CFG008" or "CFG009", finding.ToString());
            foreach (var setting in config.Settings.Where(setting => chosen.ContainsKey(setting.Option.Name)))
                AssertIs(chosen[setting.Option.Name], setting);
        });

    [Fact]
    public void Values_that_are_written_and_read_back_are_the_same() =>
        s_chosen.Sample(chosen =>
        {
            var values = s_options.Where(option => chosen.ContainsKey(option.Name))
                .ToDictionary(option => option.Name, option => option.Type.Read(chosen[option.Name]).Value!);
            var text = new StringBuilder();
            foreach (var option in s_options.Where(option => values.ContainsKey(option.Name)))
                text.Append($"[{option.Group}]\n{OsloConfigWriter.Assignment(option.Name, option.Type.Write(values[option.Name]))}");
            var file = OsloConfigReader.Read(text.ToString(), "f", new DiagnosticBag());
            foreach (var option in s_options.Where(option => values.ContainsKey(option.Name)))
            {
                var entry = Assert.Single(file.All(option.Group, option.Name));
                Assert.Equal(values[option.Name], option.Type.Read(Interpolation.Replace(entry.Text, _ => "?")!).Value);
            }
        });

    [Fact]
    public void No_change_of_a_file_crashes_the_reader_or_the_migration() =>
        s_mutated.Sample(Survives, iter: 300);

    [Fact]
    public void No_bytes_crash_the_reader_or_the_migration() =>
        Gen.Byte.Array[0, 300].Select(bytes => "[DEFAULT]\n" + Encoding.UTF8.GetString(bytes)).Sample(Survives, iter: 1000);

    [Fact]
    public void References_cannot_make_a_text_without_bound()
    {
        string[] names = ["heat_container_image", "container_registry_mirror", "certificate_generation_ca", "service_principal", "ipa_otp"];
        var text = "[DEFAULT]\n" + string.Concat(names.Zip(names.Skip(1),
            (name, next) => $"{name} = {string.Concat(Enumerable.Repeat($"${{{next}}}", 1000))}\n")) + "ipa_otp = 0123456789\n";
        UndercloudConfigReading.Of(text, out var findings);
        Assert.Contains(findings, finding => finding.Code == "CFG009" && finding.Message.Contains("more than 65536", StringComparison.Ordinal));
    }

    private static bool Survives(string text)
    {
        var config = UndercloudConfigReading.Of(text, out _);
        var bag = new DiagnosticBag();
        var result = ConfigMigration.Run(text, "f", null, bag);
        return config.Settings.Length >= s_options.Length - SubnetOptions.All.Length && (result is null) == bag.HasErrors;
    }

    private static void AssertIs(string text, Setting setting)
    {
        if (text.Length == 0 && setting.Option.EmptyIsUnset)
            Assert.True(setting.IsDefault);
        else
            Assert.Equal(setting.Option.Type.Read(text).Value, setting.Value);
    }

    private static string Turned(Dictionary<string, string> chosen) => string.Join('\n', s_sample.Select(line =>
        SampleLines.NameIn(line) is { } name && chosen.TryGetValue(name, out var text) ? $"{name} = {text}" : line));

    private static string Mutate(string text, int at, int what, char c) => what switch
    {
        0 => text[..at],
        1 => text.Remove(at, Math.Min(20, text.Length - at)),
        2 => text.Insert(at, text[(at / 2)..Math.Min(text.Length, (at / 2) + 40)]),
        _ => text.Insert(at, c.ToString()),
    };
}
