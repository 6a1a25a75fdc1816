using System.Collections.Immutable;
using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

/// <summary>The same files read by oslo.config itself: one with --config-file, the others from a --config-dir.</summary>
public sealed class OsloConfigDifferentialTests
{
    private const string Script = "oslo_config_read.py";

    private static readonly ImmutableArray<ConfigOption> s_options =
    [
        Option("a", OptionTypes.Text, Value.Null),
        Option("b", OptionTypes.Text, "bee"),
        Option("l", OptionTypes.ListOf(OptionTypes.Text), new ListValue(["x", "y'z"])),
        Option("t", OptionTypes.Boolean, Value.Null),
        Option("i", OptionTypes.Integer(-1000, 1000), Value.Null) with { EmptyIsUnset = true },
        Option("n", OptionTypes.Text, Value.Null) with { DeprecatedNames = ["old_n"] },
        Option("d", OptionTypes.Maps, Value.Null),
        Option("k", OptionTypes.OneOf("one", "two"), Value.Null),
        Option("x", OptionTypes.Text, Value.Null) with { Group = "g" },
        Option("a", OptionTypes.Text, Value.Null) with { Group = "g" },
        Option("c", OptionTypes.Text, Value.Null) with { Group = "g", FlatNames = ["flat_c", "c"] },
    ];

    private static readonly ImmutableArray<string> s_tokens =
    [
        "[DEFAULT]\n", "[DEFAULT]\n", "[g]\n", "[G]\n", "[g]", "[", "]", "\n", "\n", "\n", "\n ", "\t", " ", "#", ";", "=", ":",
        ",", "$", "${", "}", "\"", "'", "\\", "a", "b", "l", "t", "i", "n", "old_n", "x", "a = ", "b = ", "l = ", "t = yes",
        "i = 7", "n = ", "$a", "$b", "${l}", "$t", "$g.x", "$$", "\\$", "é", "\r\n", "-12", "1_0", ".", "off",
        "\nd = [", "{a: b}", "{", "]\n", "\nk = ", "one", "two\n", "\nm = ", "\nm = 2", "\nc = ", "\nflat_c = ", "$d", "$k", "${g.c}", "\u017f",
    ];

    private static string Corpus => Path.Combine(AppContext.BaseDirectory, "corpus", "oslo-config");

    private static string Cases => File.ReadAllText(Path.Combine(Corpus, "cases.json"));

    [Fact]
    public void The_corpus_reads_as_oslo_config_read_it() =>
        Compare((ListValue)CanonicalJson.Read(Cases), (ListValue)CanonicalJson.Read(File.ReadAllText(Path.Combine(Corpus, "answers.json"))));

    /// <summary>The answers are written beside the test, to be copied to tests/corpus/oslo-config/answers.json when the corpus has grown.</summary>
    [Fact]
    public async Task The_recorded_answers_are_those_of_the_oslo_config_that_is_installed()
    {
        var answers = await PythonOracle.Answer("oslo_config.cfg", Script, Cases);
        var lines = ((ListValue)CanonicalJson.Read(answers)).Items.Select(CanonicalJson.Write);
        await File.WriteAllTextAsync(Path.Combine(Corpus, "answers.new.json"), $"[\n{string.Join(",\n", lines)}\n]\n", TestContext.Current.CancellationToken);
        Assert.Equal(CanonicalJson.Read(answers), CanonicalJson.Read(await File.ReadAllTextAsync(Path.Combine(Corpus, "answers.json"), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Generated_files_read_as_oslo_config_reads_them()
    {
        var token = Gen.Int[0, s_tokens.Length - 1].Select(i => s_tokens[i]);
        var file = token.Array[1, 14].Select(body => (Value)("[DEFAULT]\n" + string.Concat(body)));
        var cases = new ListValue([.. file.Array[1, 3].Array[500].Single().Select(files => (Value)new ListValue([.. files]))]);
        Compare(cases, (ListValue)CanonicalJson.Read(await PythonOracle.Answer("oslo_config.cfg", Script, CanonicalJson.Write(cases))));
    }

    private static void Compare(ListValue cases, ListValue theirs)
    {
        Assert.Equal(cases.Items.Length, theirs.Items.Length);
        for (var i = 0; i < cases.Items.Length; i++)
        {
            var files = ((ListValue)cases.Items[i]).Items.Select(text => ((StringValue)text).Text).ToArray();
            Assert.Equal($"{cases.Items[i]}\n=> {theirs.Items[i]}", $"{cases.Items[i]}\n=> {Ours(files, (MapValue)theirs.Items[i])}");
        }
    }

    // oslo.config stops at the first error. Where it is one of a missing section, it counts the line after the assignment's last.
    private static MapValue Ours(string[] texts, MapValue theirs)
    {
        var diagnostics = new DiagnosticBag();
        var files = texts.Select((text, i) => OsloConfigReader.Read(text, $"{i}", diagnostics)).ToArray();
        if (diagnostics.HasErrors)
        {
            var first = diagnostics.All[0];
            var noSection = first.Message.Contains("before any section", StringComparison.Ordinal);
            return Map(
                ("file", int.Parse(first.Location!.Value.Path)),
                ("line", noSection ? theirs["line"] ?? 0 : first.Location!.Value.Line),
                ("section", noSection));
        }

        var all = OsloConfigFile.Layered(files);
        var (settings, failed) = OptionResolver.Resolve(all, s_options, "/home", diagnostics);
        var values = settings.Select(setting => KeyValuePair.Create<string, Value>(
            setting.Option.Group == "g" ? $"g.{setting.Option.Name}" : setting.Option.Name,
            failed.Contains(setting.Option) ? "error" : Map(("value", setting.Value)))).ToList();
        values.Insert(8, new("m", Multiple(all, theirs)));
        return Map(("raw", new ListValue([.. files.Select(file => (Value)Raw(file))])), ("values", new MapValue(values)));
    }

    private static MapValue Raw(OsloConfigFile file) => new(file.Sections.Select(section => section.Name).Distinct().Select(name =>
        KeyValuePair.Create<string, Value>(name, new MapValue(file.Entries.Where(entry => entry.Section == name).GroupBy(entry => entry.Name)
            .Select(group => KeyValuePair.Create<string, Value>(group.Key, new ListValue([.. group.Select(entry => (Value)entry.Text)])))))));

    // No option of undercloud.conf has several values; what the reader knows of such a one is every text in its order.
    private static Value Multiple(OsloConfigFile file, MapValue theirs)
    {
        var texts = file.All("DEFAULT", "m");
        return texts.Any(entry => entry.Text.Contains('$')) ? ((MapValue)theirs["values"]!)["m"]!
            : Map(("value", texts.IsEmpty ? Value.Null : new ListValue([.. texts.Select(entry => (Value)entry.Text)])));
    }

    private static ConfigOption Option(string name, OptionType type, Value unset) => new(name, type, unset, "For the comparison.");

    private static MapValue Map(params (string Key, Value Value)[] entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
}
