using System.Collections.Immutable;
using System.Diagnostics;
using CsCheck;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Config;

/// <summary>The same files read by oslo.config itself, in one Python process.</summary>
public sealed class OsloConfigDifferentialTests
{
    private const string Python = "/usr/bin/python3";

    private const string Driver = """
        import json, os, sys, tempfile
        from oslo_config import cfg
        cfg.LOG.disabled = True
        conf = cfg.ConfigOpts()
        conf.register_opts([cfg.StrOpt('a'), cfg.StrOpt('b', default='bee'), cfg.ListOpt('l', default=['x', "y'z"]), cfg.BoolOpt('t'),
                            cfg.IntOpt('i', min=-1000, max=1000), cfg.StrOpt('n', deprecated_name='old_n')])
        conf.register_opts([cfg.StrOpt('x'), cfg.StrOpt('a')], group='g')
        handle, path = tempfile.mkstemp()
        def read(get):
            try:
                return {'value': get()}
            except Exception as e:
                return 'error'
        def case(text):
            with open(path, 'w', newline='') as f:
                f.write(text)
            raw = {}
            try:
                cfg.ConfigParser(path, raw).parse()
            except cfg.iniparser.ParseError as e:
                return {'line': e.lineno, 'section': 'Section must' in str(e)}
            conf(['--config-file', path], project='none')
            values = {name: read(lambda: getattr(conf, name)) for name in 'abltin'}
            values['g.x'] = read(lambda: conf.g.x)
            values['g.a'] = read(lambda: conf.g.a)
            return {'raw': {s: e for s, e in raw.items()}, 'values': values}
        json.dump([case(text) for text in json.load(sys.stdin)], sys.stdout)
        os.unlink(path)
        """;

    private static readonly ImmutableArray<ConfigOption> s_options =
    [
        Option("a", OptionTypes.Text, Value.Null),
        Option("b", OptionTypes.Text, "bee"),
        Option("l", OptionTypes.ListOf(OptionTypes.Text), new ListValue(["x", "y'z"])),
        Option("t", OptionTypes.Boolean, Value.Null),
        Option("i", OptionTypes.Integer(-1000, 1000), Value.Null) with { EmptyIsUnset = true },
        Option("n", OptionTypes.Text, Value.Null) with { DeprecatedNames = ["old_n"] },
        Option("x", OptionTypes.Text, Value.Null) with { Group = "g" },
        Option("a", OptionTypes.Text, Value.Null) with { Group = "g" },
    ];

    private static readonly ImmutableArray<string> s_written =
    [
        "",
        "[DEFAULT]\na = 1\n  2\n[g]\nx = $a ${b} $$ $i.\n",
        "[DEFAULT]\nl = a, b,, c , \na = $l\nt = $i\ni = 1\n",
        "[DEFAULT]\nl = \"a, b\", 'c'\nt = ON\n[G]\nx = $l\na = $a\n[DEFAULT]\na = $g.x\n",
        "[DEFAULT]\na = $b\nb = $a\n", "[DEFAULT]\na = $nothing\nn = $a\n", "[DEFAULT]\na = $g.nothing\nb = $h.x\nn = $g\n",
        "[DEFAULT]\nold_n = 1\nn = 2\nold_n = 3\na = $old_n\n", "[DEFAULT]\nold_n = '1'\nb = $n\n",
        "[DEFAULT]\ni = +1_0\na = '''\nb = \"'\n", "[DEFAULT]\ni = 1001\na = $i\n", "[DEFAULT]\ni = _1\nt = 2\nb = $t\n",
        "[DEFAULT]\ni = \nt = \na = $i$t\n", "[DEFAULT]\nl = $b,$a\na = x,y\n", "[DEFAULT]\nl = it's \"so\", \\n\\t\na = $l\n",
        "[DEFAULT]\na = \\$b \\\\$b $$b $5 $ ${b ${} ${b.}\n", "[default]\na = 1\n[ DEFAULT ]\na = 2\n[DEFAULT]\r\nb = 3\r\n  4\r",
        "[a]b]\nx = 1\n[DEFAULT]\na=b=c\nb:c=d\n", "[DEFAULT]\na = x\u000by\u001c\nb = \u00a0q\u2028r\u00a0\n\u000b = c\n",
        "[DEFAULT]\na = \"\nb = '\n", "[DEFAULT]\na = $a.b\n", "[DEFAULT]\na = $DEFAULT.b\n", "[DEFAULT]\na = $i.b\ni = 3\n",
        "[g]\nx = $b\na = $x\n", "[DEFAULT]\na = $config\n",
    ];

    private static readonly ImmutableArray<string> s_tokens =
    [
        "[DEFAULT]\n", "[DEFAULT]\n", "[g]\n", "[G]\n", "[g]", "[", "]", "\n", "\n", "\n", "\n ", "\t", " ", "#", ";", "=", ":",
        ",", "$", "${", "}", "\"", "'", "\\", "a", "b", "l", "t", "i", "n", "old_n", "x", "a = ", "b = ", "l = ", "t = yes",
        "i = 7", "n = ", "$a", "$b", "${l}", "$t", "$g.x", "$$", "\\$", "é", "\r\n", "-12", "1_0", ".", "off",
    ];

    [Fact]
    public void Files_read_as_oslo_config_reads_them()
    {
        var files = new List<string>(s_written);
        var token = Gen.Int[0, s_tokens.Length - 1].Select(i => s_tokens[i]);
        files.AddRange(token.Array[1, 14].Select(body => "[DEFAULT]\n" + string.Concat(body)).Array[400].Single());
        var theirs = AskPython(files);
        for (var i = 0; i < files.Count; i++)
            Assert.Equal($"{files[i]}\n=> {theirs.Items[i]}", $"{files[i]}\n=> {Ours(files[i], (MapValue)theirs.Items[i])}");
    }

    // Where oslo.config stops at an error, only the line of the first one is comparable; without a section not even that.
    private static MapValue Ours(string text, MapValue theirs)
    {
        var diagnostics = new DiagnosticBag();
        var file = OsloConfigReader.Read(text, "f", diagnostics);
        if (diagnostics.HasErrors)
        {
            var first = diagnostics.All[0];
            var noSection = first.Message.Contains("before any section", StringComparison.Ordinal);
            return Map(("line", noSection ? theirs["line"] ?? 0 : first.Location!.Value.Line), ("section", noSection));
        }

        var raw = MapValue.Empty;
        foreach (var name in file.Sections.Select(section => section.Name).Distinct())
        {
            var entries = file.Entries.Where(entry => entry.Section == name).GroupBy(entry => entry.Name);
            raw = raw.With(name, new MapValue(entries.Select(group =>
                KeyValuePair.Create<string, Value>(group.Key, new ListValue([.. group.Select(entry => (Value)entry.Text)])))));
        }

        var (settings, failed) = OptionResolver.Resolve(file, s_options, "/home", diagnostics);
        return Map(("raw", raw), ("values", new MapValue(settings.Select(setting => KeyValuePair.Create<string, Value>(
            setting.Option.Group == "g" ? $"g.{setting.Option.Name}" : setting.Option.Name,
            failed.Contains(setting.Option) ? "error" : Map(("value", setting.Value)))))));
    }

    private static ListValue AskPython(List<string> files)
    {
        if (!File.Exists(Python))
            Assert.Skip($"{Python} is not there.");
        var start = new ProcessStartInfo(Python, ["-c", Driver])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONUTF8"] = "1" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var answer = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            process.StandardInput.Write(CanonicalJson.Write(new ListValue([.. files.Select(file => (Value)file)])));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read: what it says is below.
        }

        process.WaitForExit();
        if (errors.Result.Contains("No module named 'oslo_config'", StringComparison.Ordinal))
            Assert.Skip("Python's oslo_config is not installed (Debian: python3-oslo.config).");
        Assert.True(process.ExitCode == 0, errors.Result);
        return (ListValue)CanonicalJson.Read(answer.Result);
    }

    private static ConfigOption Option(string name, OptionType type, Value unset) => new(name, type, unset, "For the comparison.");

    private static MapValue Map(params (string Key, Value Value)[] entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
}
