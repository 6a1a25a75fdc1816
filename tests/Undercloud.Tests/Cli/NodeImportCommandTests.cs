using Undercloud.Cli;
using Undercloud.Cli.Commands;
using Undercloud.Heat.Values;
using Undercloud.Host.Failures;

namespace Undercloud.Tests.Cli;

/// <summary><c>undercloud node import</c> as far as it needs no cloud: what it prints, and its exit codes.</summary>
[Collection(OneConsole.Name)]
public sealed class NodeImportCommandTests : IDisposable
{
    private const string Bad = "[{pm_type: impi}, {pm_type: ipmi, pm_password: hush-hush}]";

    private readonly string _directory = Directory.CreateTempSubdirectory("node-import").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_good_file_is_said_to_be_good() =>
        Assert.Equal((0, "", "1 node in " + Write("[{pm_type: fake-hardware}]") + ": no errors.\n"), await RunAsync(Write("[{pm_type: fake-hardware}]"), "--validate-only"));

    [Fact]
    public async Task Every_finding_of_a_bad_file_is_printed_and_it_ends_with_3()
    {
        var file = Write(Bad);
        var (code, output, error) = await RunAsync(file, "--validate-only");
        Assert.Equal((3, $"2 errors in {file}\n"), (code, error));
        Assert.StartsWith($"{file}:1:12: error NODE002: There is no pm_type 'impi'.\n  Did you mean 'ipmi'?\n{file}:1:19: error NODE003: ", output);
        Assert.DoesNotContain("hush-hush", output);
        var data = (ListValue)CanonicalJson.Read((await RunAsync(file, "--validate-only", "-f", "json")).Output);
        Assert.Equal(["NODE002", "NODE003"], data.Items.Select(item => ((StringValue)((MapValue)item)["code"]!).Text));
    }

    [Fact]
    public async Task A_bad_file_is_refused_before_anything_is_asked() =>
        Assert.Equal(2, (await Assert.ThrowsAsync<InputException>(() => RunAsync(Write(Bad)))).Diagnostics.Length);

    [Fact]
    public async Task A_file_that_is_not_there_and_a_directory_are_findings()
    {
        var missing = Path.Combine(_directory, "nofile");
        Assert.StartsWith($"error NODE001: There is no file {missing}.\n", (await RunAsync(missing, "--validate-only")).Output, StringComparison.Ordinal);
        var link = Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, "nofile");
        Assert.StartsWith($"error NODE001: {link} is a link to {missing}, which does not exist.\n", (await RunAsync(link, "--validate-only")).Output, StringComparison.Ordinal);
        var (code, output, _) = await RunAsync(_directory, "--validate-only");
        Assert.Equal(3, code);
        Assert.StartsWith($"error NODE001: {_directory} is a directory.\n", output, StringComparison.Ordinal);
        Assert.Equal("NODE001", Assert.Single((await Assert.ThrowsAsync<InputException>(() => RunAsync(missing))).Diagnostics).Code);
    }

    [Fact]
    public async Task A_device_and_input_without_end_are_findings()
    {
        var (code, output, _) = await RunAsync("/dev/zero", "--validate-only");
        Assert.Equal((3, "error NODE001: /dev/zero is a device."), (code, output.Split('\n')[0]));
        var input = Console.In;
        try
        {
            using var endless = new StreamReader("/dev/zero");
            Console.SetIn(endless);
            Assert.StartsWith("error NODE001: standard input has more than 32 Mi characters.\n", (await RunAsync("-", "--validate-only")).Output, StringComparison.Ordinal);
        }
        finally
        {
            Console.SetIn(input);
        }
    }

    [Fact]
    public async Task A_dash_is_standard_input()
    {
        var input = Console.In;
        try
        {
            Console.SetIn(new StringReader("ipmi,192.0.2.1,admin,p,52:54:00:00:00:01"));
            Assert.Equal(0, (await RunAsync("-", "--validate-only")).Code);
            Console.SetIn(new StringReader("[{pm_type}]"));
            Assert.StartsWith("<stdin>:1:3: error NODE001: ", (await RunAsync("-", "--validate-only")).Output, StringComparison.Ordinal);
        }
        finally
        {
            Console.SetIn(input);
        }
    }

    [Theory]
    [InlineData("node import")]
    [InlineData("node import f --concurrency 0")]
    [InlineData("node import f --timeout -1")]
    [InlineData("node import f --instance-boot-option disk")]
    [InlineData("node introspect")]
    [InlineData("node introspect n --all-manageable")]
    [InlineData("node provide")]
    [InlineData("node provide n --provide")]
    public void A_wrong_use_is_refused(string line) => Assert.NotEmpty(CommandTree.Create(new Composition()).Parse(line.Split(' ')).Errors);

    private string Write(string text)
    {
        var path = Path.Combine(_directory, "nodes.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => ProgramRun.RunAsync(["node", "import", .. arguments]);
}
