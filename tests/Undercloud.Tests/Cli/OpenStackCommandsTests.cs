using System.Collections.Immutable;
using Undercloud.Cli;
using Undercloud.Cli.Commands;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Cli;

/// <summary><c>openstack undercloud …</c>, run by the real client with a program in our program's place that only says how it was called.</summary>
public sealed class OpenStackCommandsTests
{
    private const string UseHeat = "--use-heat has no effect: ";
    private const string StackUpdate = "--force-stack-update has no effect: ";
    private const string Inflight = "--inflight-validations has no effect: ";
    private const string ContainerPrepare = "--disable-container-prepare has no effect: ";
    private const string PackageUpdates = "--skip-package-updates has no effect: ";
    private const string Force = "--force has no effect: ";

    // Every flag of python-tripleoclient's two commands, Queens to Wallaby: what the program gets, and how the lines for the operator begin.
    private static readonly ImmutableArray<(string Line, string Arguments, string[] Said)> s_lines =
    [
        ("install", "install", []),
        ("install --dry-run", "install --dry-run", []),
        ("install --no-validations", "install --no-validations", []),
        ("install -y", "install", []),
        ("install --yes --dry-run", "install --dry-run", []),
        ("install --use-heat", "install", [UseHeat]),
        ("install --use-heat=true --dry-run", "install --dry-run", [UseHeat]),
        ("install --use-heat=false", "install", [UseHeat]),
        ("install --use-heat --no-validations", "install --no-validations", [UseHeat]),
        ("install --force-stack-update", "install", [StackUpdate]),
        ("install --inflight-validations", "install", [Inflight]),
        ("install --disable-container-prepare", "install", [ContainerPrepare]),
        ("install --no-validations -y --inflight-validations --force-stack-update --dry-run", "install --dry-run --no-validations", [StackUpdate, Inflight]),
        ("upgrade", "upgrade", []),
        ("upgrade --dry-run", "upgrade --dry-run", []),
        ("upgrade --no-validations", "upgrade --no-validations", []),
        ("upgrade -y", "upgrade --yes", []),
        ("upgrade --yes --skip-package-updates", "upgrade --yes", [PackageUpdates]),
        ("upgrade --use-heat --force", "upgrade", [UseHeat, Force]),
        ("upgrade --force-stack-update", "upgrade", [StackUpdate]),
        ("upgrade --inflight-validations", "upgrade", [Inflight]),
        ("upgrade --disable-container-prepare -y", "upgrade --yes --keep-images", []),
    ];

    [Fact]
    public async Task Every_flag_of_old_reaches_the_program_or_is_answered_in_a_line()
    {
        var answers = await RunAsync([.. s_lines.Select(line => ($"undercloud {line.Line}", "path"))]);
        foreach (var ((line, arguments, said), answer) in s_lines.Zip(answers))
        {
            Assert.Equal($"{line} => undercloud {arguments}", $"{line} => {answer.Out}");
            var lines = answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(lines.Length == said.Length && lines.Zip(said).All(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal)), $"{line} said: {answer.Error}");
        }
    }

    // Flags of python-tripleoclient's commands on nodes, as above.
    private static readonly ImmutableArray<(string Line, string Arguments, string[] Said)> s_nodes =
    [
        ("import instackenv.json", "import instackenv.json", []),
        ("import --introspect --provide --concurrency 5 instackenv.json", "import --introspect --provide --concurrency 5 instackenv.json", []),
        ("import nodes.yaml --validate-only --no-deploy-image --instance-boot-option local --http-boot /var/lib/ironic/httpboot",
            "import --validate-only --no-deploy-image --instance-boot-option local --http-boot /var/lib/ironic/httpboot nodes.yaml", []),
        ("import instackenv.json --run-validations", "import instackenv.json", ["--run-validations has no effect: "]),
        ("introspect --all-manageable --provide", "introspect --all-manageable --provide", []),
        ("introspect node-1 node-2 --concurrency=2 --run-validations", "introspect --concurrency 2 node-1 node-2", ["--run-validations has no effect: "]),
        ("provide node-1 node-2", "provide node-1 node-2", []),
        ("provide --all-manageable", "provide --all-manageable", []),
    ];

    [Fact]
    public async Task The_commands_on_nodes_reach_the_program()
    {
        var answers = await RunAsync([.. s_nodes.Select(line => ($"overcloud node {line.Line}", "path"))]);
        foreach (var ((line, arguments, said), answer) in s_nodes.Zip(answers))
        {
            Assert.Equal($"{line} => undercloud node {arguments}", $"{line} => {answer.Out}");
            Assert.Equal(said.Length, answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(text => said.Any(begin => text.StartsWith(begin, StringComparison.Ordinal))));
        }
    }

    // Flags of python-tripleoclient's `undercloud backup`, as above.
    private static readonly ImmutableArray<(string Line, string Arguments, string[] Said)> s_backups =
    [
        ("backup", "backup", []),
        ("backup --add-path /home/stack/ --add-path /etc/hosts --exclude-path /home/stack/images", "backup --add-path /home/stack/ --add-path /etc/hosts --exclude-path /home/stack/images", []),
        ("backup --init", "backup", ["--init has no effect: "]),
        ("backup --init nfs --inventory /home/stack/tripleo-inventory.yaml", "backup", ["--init has no effect: ", "--inventory has no effect: "]),
        ("backup --setup-nfs --setup-rear --cron --db-only --save-swift --extra-vars /home/stack/vars.yaml", "backup",
            ["--setup-nfs has no effect: ", "--setup-rear has no effect: ", "--cron has no effect: ", "--db-only has no effect: ", "--extra-vars has no effect: ", "--save-swift has no effect: "]),
    ];

    [Fact]
    public async Task A_backup_reaches_the_program_with_its_paths()
    {
        var answers = await RunAsync([.. s_backups.Select(line => ($"undercloud {line.Line}", "path"))]);
        foreach (var ((line, arguments, said), answer) in s_backups.Zip(answers))
        {
            Assert.Equal($"{line} => undercloud {arguments}", $"{line} => {answer.Out}");
            var lines = answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(lines.Length == said.Length && lines.Zip(said).All(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal)), $"{line} said: {answer.Error}");
        }
    }

    [Fact]
    public async Task The_exit_code_is_the_programs_own() =>
        Assert.All(await RunAsync([("undercloud install", "path"), ("undercloud upgrade -y", "path")]), answer => Assert.Equal(7, answer.Code));

    [Fact]
    public void The_program_takes_all_that_is_passed_to_it()
    {
        var tree = CommandTree.Create(new Composition());
        Assert.All(s_lines, line => Assert.Empty(tree.Parse(line.Arguments.Split(' ')).Errors));
        Assert.All(s_backups, line => Assert.Empty(tree.Parse(line.Arguments.Split(' ')).Errors));
        Assert.All(s_nodes, line => Assert.Empty(tree.Parse($"node {line.Arguments}".Split(' ')).Errors));
    }

    [Theory]
    [InlineData("client")]
    [InlineData("checkout")]
    [InlineData("record")]
    public async Task The_program_is_found_where_it_is_not_on_the_path(string place) =>
        Assert.Equal("undercloud install --dry-run", (await RunAsync([("undercloud install --dry-run", place)]))[0].Out);

    [Fact]
    public async Task A_program_that_is_missing_or_cannot_be_run_is_said_so()
    {
        var answers = await RunAsync([("undercloud install", "none"), ("undercloud install", "unusable")]);
        Assert.All(answers, answer => Assert.Equal(1, answer.Code));
        Assert.StartsWith("There is no program 'undercloud' that you may run", answers[0].Error);
        Assert.Contains("/bin/undercloud cannot be run: ", answers[1].Error);
    }

    [Fact]
    public async Task A_mistyped_flag_is_refused_before_anything_runs()
    {
        var answers = await RunAsync([("undercloud install --dry-rum", "path"), ("undercloud install --skip-package-updates", "path"), ("undercloud upgrade now", "path")]);
        Assert.All(answers, answer => Assert.Equal((2, ""), (answer.Code, answer.Out)));
        Assert.Contains("unrecognized arguments: --dry-rum", answers[0].Error);
    }

    [Fact]
    public async Task Help_explains_every_flag()
    {
        var help = await RunAsync([("undercloud install --help", "none"), ("help undercloud upgrade", "none")]);
        Assert.All(help, answer => Assert.Equal(0, answer.Code));
        foreach (var flag in s_lines.SelectMany(line => line.Line.Split(' ').Skip(1).Select(word => (Command: line.Line.Split(' ')[0], Flag: word.Split('=')[0]))).Distinct())
            Assert.Contains(flag.Flag, help[flag.Command == "install" ? 0 : 1].Out);
    }

    private static async Task<ImmutableArray<(string Out, string Error, int Code)>> RunAsync(ImmutableArray<(string Line, string Place)> cases)
    {
        var input = new ListValue([.. cases.Select(c => (Value)new MapValue([new("line", c.Line), new("place", c.Place)]))]);
        var answer = await PythonOracle.Answer("openstackclient.shell", "openstack_commands.py", CanonicalJson.Write(input), Path.Combine(AppContext.BaseDirectory, "openstackclient"));
        return [.. ((ListValue)CanonicalJson.Read(answer)).Items.Cast<MapValue>().Select(a => (Text(a["out"]), Text(a["err"]), (int)((IntegerValue)a["code"]!).Number))];
    }

    private static string Text(Value? value) => ((StringValue)value!).Text;
}
