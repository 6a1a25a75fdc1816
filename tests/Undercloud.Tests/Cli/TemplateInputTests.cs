using System.Text;
using Undercloud.Cli;
using Undercloud.Cli.Commands;
using Undercloud.Cli.Output;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Cli;

/// <summary>What template commands make of files that are not there, not text, or secret, and of places to write to.</summary>
[Collection(OneConsole.Name)]
public sealed class TemplateInputTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("template-input").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("-r")]
    [InlineData("-n")]
    public async Task A_file_that_is_named_has_to_be_there_even_where_nothing_is_rendered(string option)
    {
        Write("overcloud.yaml", "heat_template_version: rocky\n");
        Assert.Equal(ExitCodes.Done, (await RunAsync("resolve")).Code);
        var run = await RunAsync("resolve", option, "none.yaml");
        Assert.Equal((ExitCodes.ChecksFailed, ""), (run.Code, run.Output));
        Assert.StartsWith("none.yaml: error TREE002: There is no such file here", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("resolve")]
    [InlineData("list")]
    public async Task An_undercloud_conf_that_is_named_has_to_be_there(string command)
    {
        var run = await ProgramRun.RunAsync("template", command, "--conf", Path.Combine(_directory, "none.conf"));
        Assert.Equal(ExitCodes.ChecksFailed, run.Code);
        Assert.Contains($"{_directory}/none.conf: error CFG001: There is no such file.\n", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-r")]
    [InlineData("--template")]
    public void A_choice_that_leaves_undercloud_conf_unread_is_refused_beside_it(string option) => Assert.Contains(
        "--conf belongs to the tool's own collection", Assert.Single(CommandTree.Create(new Composition()).Parse(["template", "resolve", "--conf", "x", option, "y"]).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_environment_that_is_not_UTF_8_is_refused()
    {
        Write("overcloud.yaml", "heat_template_version: rocky\n");
        Write("latin.yaml", [.. Encoding.Latin1.GetBytes("parameter_defaults: {A: é}\n")]);
        var run = await RunAsync("validate", "-e", "latin.yaml");
        Assert.Equal((ExitCodes.ChecksFailed, "latin.yaml: error ENV005: This file is not UTF-8 text.\n  Save it as UTF-8.\n"), (run.Code, run.Output));
    }

    [Fact]
    public async Task A_file_that_is_not_text_is_in_base64_as_heatclient_sends_it()
    {
        var content = Enumerable.Range(100, 100).Select(number => (byte)number).ToArray();
        Write("overcloud.yaml", "heat_template_version: rocky\noutputs: {o: {value: {get_file: some.bin}}}\n");
        Write("some.bin", content);
        var text = Assert.IsType<StringValue>(((MapValue)CanonicalJson.Read((await RunAsync("resolve")).Output))["o"]).Text;
        Assert.Equal([76, 60, 0], text.Split('\n').Select(line => line.Length));
        Assert.Equal(content, Convert.FromBase64String(text));
    }

    [Theory]
    [InlineData("resolve")]
    [InlineData("validate")]
    public async Task No_finding_shows_a_hidden_value(string command)
    {
        Write("overcloud.yaml", """
            heat_template_version: rocky
            parameters:
              Secret: {type: string, hidden: true}
              Short: {type: string, hidden: true}
              Default: {type: string, hidden: true, default: sesame-open, constraints: [{allowed_pattern: '[0-9]+'}]}
            resources:
              A: {type: OS::Heat::Value, properties: {value: {map_merge: [{get_param: Secret}]}}}
              B: {type: OS::Heat::Value, properties: {type: number, value: {get_param: Secret}}}
              C: {type: OS::Heat::Value, properties: {value: {get_file: {get_param: Short}}}}
              D: {type: OS::Heat::Value, properties: {value: {list_concat: [{get_param: Short}]}}}
            """);
        Write("secret.yaml", "parameter_defaults: {Secret: \"sword\\nfish\", Short: pw9}\n");
        var run = await RunAsync(command, "-e", "secret.yaml");
        Assert.Equal(ExitCodes.ChecksFailed, run.Code);
        var told = run.Output + run.Error;
        Assert.Contains("map_merge: only maps can be merged, not string \"***\".", told, StringComparison.Ordinal);
        Assert.Contains("get_file: there is no file '***'.", told, StringComparison.Ordinal);
        Assert.Contains("The default of the parameter 'Default' is wrong: *** does not match the pattern [0-9]+.", told, StringComparison.Ordinal);
        Assert.All(["sword", "pw9", "sesame"], secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_Jinja2_templates_that_fail_and_are_used_are_named()
    {
        Assert.SkipUnless(File.Exists("/usr/lib/python3/dist-packages/jinja2/__init__.py"), "python3-jinja2 is not installed.");
        Write("roles_data.yaml", "- name: A\n");
        Write("network_data.yaml", "[]\n");
        Write("a.j2.yaml", "a: {% if x %}\nb: {% endfor %}\n");
        Write("b.j2.yaml", "a: 1\nb: {{ no.such.thing }}\n");
        Write("c.j2.yaml", [.. Encoding.Latin1.GetBytes("a: é\n")]);
        Write("unused.j2.yaml", "{{ no.such.thing }}\n");
        Write("overcloud.yaml", "heat_template_version: rocky\nresources:\n  A: {type: a.yaml}\n  B: {type: b.yaml}\n  C: {type: c.yaml}\n");
        var run = await RunAsync("resolve");
        Assert.Equal((ExitCodes.ChecksFailed, ""), (run.Code, run.Output));
        Assert.Contains($"{_directory}/a.j2.yaml:2: error TREE004: Rendering fails here: Encountered unknown tag 'endfor'.", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{_directory}/b.j2.yaml:2: error TREE004: Rendering fails here: UndefinedError: 'no' is undefined.", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{_directory}/c.j2.yaml: error TREE004: Rendering fails here: it cannot be read: 'utf-8' codec", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("3 errors.\n", run.Error, StringComparison.Ordinal);
        Write("roles_data.yaml", "A\n");
        Assert.StartsWith($"{_directory}/roles_data.yaml:1: error TREE004: Rendering fails here: it must be a list of roles", (await RunAsync("resolve")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deployments_without_outputs_are_a_usage_error_and_outputs_that_are_not_there_an_input_error()
    {
        Write("overcloud.yaml", "heat_template_version: rocky\n");
        Assert.NotEmpty(CommandTree.Create(new Composition()).Parse(["template", "config-download", "-o", "d", "--deployments", "x.json"]).Errors);
        var run = await Assert.ThrowsAsync<Undercloud.Host.Failures.InputException>(() => TemplateRun.RunAsync(_directory, "config-download", "-o", "d", "--outputs", "none.json"));
        Assert.Equal("none.json: error DOWNLOAD011: This is not the expected JSON: there is no such file.", run.Message);
    }

    [Fact]
    public async Task A_condition_that_is_not_there_is_one_finding()
    {
        Write("overcloud.yaml", "heat_template_version: rocky\noutputs: {o: {value: {if: [nope, 1, 2]}}}\n");
        var run = await RunAsync("validate");
        Assert.Equal("1 error, 0 warnings in 1 template\n", run.Error);
        Assert.Contains("overcloud.yaml:2:23: error HOT040: if: there is no condition 'nope'.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_is_written_to_and_stays_one()
    {
        Write("overcloud.yaml", "heat_template_version: rocky\noutputs: {o: {value: 1}}\n");
        Assert.Equal(ExitCodes.Done, (await RunAsync("resolve", "-o", "/dev/null")).Code);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Equal("", await File.ReadAllTextAsync("/dev/null", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Outputs_that_cannot_be_written_are_an_error_that_names_the_file()
    {
        Write("overcloud.yaml", "heat_template_version: rocky\noutputs: {o: {value: 1}}\n");
        var run = await RunAsync("resolve", "-o", _directory);
        Assert.Equal((ExitCodes.Failed, ""), (run.Code, run.Output));
        Assert.StartsWith($"{_directory} cannot be written: ", run.Error, StringComparison.Ordinal);
    }

    private void Write(string path, string text) => File.WriteAllText(Path.Combine(_directory, path), text);

    private void Write(string path, byte[] content) => File.WriteAllBytes(Path.Combine(_directory, path), content);

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => TemplateRun.RunAsync(_directory, arguments);
}
