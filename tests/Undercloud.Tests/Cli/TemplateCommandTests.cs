using System.CommandLine;
using Undercloud.Cli;
using Undercloud.Cli.Commands;
using Undercloud.Cli.Output;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Cli;

/// <summary>The template commands as an operator calls them: what they print, and their exit codes.</summary>
[Collection(OneConsole.Name)]
public sealed class TemplateCommandTests : IDisposable
{
    private const string Service = """
        heat_template_version: rocky
        parameters:
          RoleName: {type: string}
          Workers: {type: number, default: 1}
          Password: {type: string, hidden: true, default: swordfish}
        outputs:
          role_data:
            value:
              service_name: keystone
              config_settings: {workers: {get_param: Workers}, url: {list_join: ['', ['db://root:', {get_param: Password}, '@host']]}}
              deploy_steps_tasks: [{name: start, role: {get_param: RoleName}}]
              script: {str_replace: {template: "#!/bin/sh\nWORKERS\n", params: {WORKERS: {get_param: Workers}}}}
          other: {value: 1}
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("template-commands").FullName;

    public TemplateCommandTests()
    {
        Write("overcloud.yaml", """
            heat_template_version: rocky
            resources:
              OneServiceChain: {type: OS::Heat::ResourceChain, properties: {resources: ['OS::TripleO::Services::Keystone', 'OS::TripleO::Services::Off'], resource_properties: {RoleName: One}}}
              TwoServiceChain: {type: OS::Heat::ResourceChain, properties: {resources: ['OS::TripleO::Services::Keystone'], resource_properties: {RoleName: Two}}}
            outputs:
              RoleData: {value: {One: {get_attr: [OneServiceChain, role_data]}, Two: {get_attr: [TwoServiceChain, role_data]}}}
            """);
        Write("services/keystone.yaml", Service);
        Write("registry.yaml", """
            resource_registry:
              OS::TripleO::Services::Keystone: services/keystone.yaml
              OS::TripleO::Services::Off: OS::Heat::None
              OS::TripleO::Services::Spare: services/keystone.yaml
            """);
        Write("more.yaml", "parameter_defaults: {Workers: 3, Password: trustno1}\n");
        Write("roles_data.yaml", """
            - name: One
              ServicesDefault: ['OS::TripleO::Services::Keystone', 'OS::TripleO::Services::Off', 'OS::TripleO::Services::Gone']
            - name: Empty
            """);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Validate_prints_findings_and_a_summary_and_ends_well_with_warnings_alone()
    {
        Write("bad.yaml", "parameter_defaults: {Wrkers: 3}\n");
        var run = await RunAsync("validate", "-e", "registry.yaml", "-e", "bad.yaml");
        Assert.Equal((ExitCodes.Done, "bad.yaml:1:22: warning HOT016: unused parameter 'Wrkers': no template declares it.\n  Did you mean 'Workers'?\n"), (run.Code, run.Output));
        Assert.Equal("0 errors, 1 warning in 2 templates\n", run.Error);
        Assert.Equal(ExitCodes.ChecksFailed, (await RunAsync("validate", "-e", "registry.yaml", "-e", "bad.yaml", "--strict")).Code);
    }

    [Fact]
    public async Task Validate_gives_errors_as_data()
    {
        Write("empty.yaml", "resource_registry: {'OS::TripleO::Services::Off': OS::Heat::None}\n");
        var run = await RunAsync("validate", "-e", "empty.yaml", "-f", "json");
        Assert.Equal(ExitCodes.ChecksFailed, run.Code);
        var finding = (MapValue)((ListValue)CanonicalJson.Read(run.Output)).Items[0];
        Assert.Equal(["severity", "code", "message", "file", "line", "column", "path", "remedy"], finding.Keys);
        Assert.Equal("""["error","HOT020","overcloud.yaml",3]""", new ListValue([finding["severity"]!, finding["code"]!, finding["file"]!, finding["line"]!]).ToString());
        Assert.Equal("""["undercloud","OneServiceChain","0"]""", finding["path"]!.ToString());
    }

    [Fact]
    public async Task Validate_does_not_drown_a_missing_environment_in_its_consequences()
    {
        var run = await RunAsync("validate", "-e", "regstry.yaml");
        Assert.Equal((ExitCodes.ChecksFailed, "1 error, 0 warnings in 0 templates\n"), (run.Code, run.Error));
        Assert.Contains("regstry.yaml: error ENV004: There is no such environment file.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_shows_each_role_with_what_its_services_are()
    {
        var run = await RunAsync("list", "-e", "registry.yaml", "-f", "json");
        Assert.Equal(ExitCodes.Done, run.Code);
        Assert.Equal(
            [
                """{"chain":["services/keystone.yaml"],"file":"registry.yaml","from":"registry.yaml:2","is":"services/keystone.yaml","kind":"template","line":2,"role":"One","service":"OS::TripleO::Services::Keystone","template":"services/keystone.yaml"}""",
                """{"chain":["OS::Heat::None"],"file":"registry.yaml","from":"registry.yaml:3","is":"none","kind":"none","line":3,"role":"One","service":"OS::TripleO::Services::Off","template":null}""",
                """{"chain":[],"file":null,"from":"","is":"NOTHING: no mapping","kind":"nothing","line":null,"role":"One","service":"OS::TripleO::Services::Gone","template":null}""",
            ],
            ((ListValue)CanonicalJson.Read(run.Output)).Items.Select(item => item.ToString()));
        var table = (await RunAsync("list", "-e", "registry.yaml")).Output;
        Assert.Contains("One: 3 services, 1 none, 1 mapped to nothing", table, StringComparison.Ordinal);
        Assert.Contains("Gone      NOTHING: no mapping\n", table, StringComparison.Ordinal);
        Assert.Contains("Empty: 0 services", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_takes_the_services_that_an_environment_gives_a_role()
    {
        Write("services.yaml", "parameter_defaults: {OneServices: ['OS::TripleO::Services::Spare']}\n");
        var run = await RunAsync("list", "-e", "registry.yaml", "-e", "services.yaml");
        Assert.Contains("Spare ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Keystone ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_of_types_is_the_registry()
    {
        var run = await RunAsync("list", "--types", "-e", "registry.yaml", "-f", "yaml");
        Assert.Equal(3, run.Output.Split("- type:").Length - 1);
    }

    [Fact]
    public async Task List_without_roles_file_says_what_to_do()
    {
        File.Delete(Path.Combine(_directory, "roles_data.yaml"));
        var run = await RunAsync("list", "-e", "registry.yaml");
        Assert.Equal(ExitCodes.ChecksFailed, run.Code);
        Assert.Contains("Name one with -r, or list the registry with --types.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_prints_template_parameters_and_role_data_without_secrets()
    {
        var run = await RunAsync("show", "keystone", "--role", "Two", "-e", "registry.yaml", "-e", "more.yaml");
        Assert.Equal((ExitCodes.Done, ""), (run.Code, run.Error));
        Assert.Contains("Template: services/keystone.yaml, mapped by registry.yaml:2\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Workers    3      more.yaml:1", run.Output, StringComparison.Ordinal);
        Assert.Contains("Password   ***    more.yaml:1", run.Output, StringComparison.Ordinal);
        Assert.Contains("    url: \"db://root:***@host\"\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("trustno1", run.Output, StringComparison.Ordinal);
        Assert.Contains("role: Two\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("trustno1", (await RunAsync("show", "keystone", "--role", "Two", "-e", "registry.yaml", "-e", "more.yaml", "--show-secrets")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_prints_one_key_alone()
    {
        var run = await RunAsync("show", "undercloud/OneServiceChain/0", "--key", "deploy_steps_tasks", "-e", "registry.yaml");
        Assert.Equal("- name: start\n  role: One\n", run.Output);
        run = await RunAsync("show", "undercloud/OneServiceChain/0", "--output", "other", "-f", "json", "-e", "registry.yaml");
        Assert.Equal("1\n", run.Output);
        run = await RunAsync("show", "undercloud/OneServiceChain/0", "--key", "config_setting", "-e", "registry.yaml");
        Assert.Equal((ExitCodes.ChecksFailed, ""), (run.Code, run.Output));
        Assert.Contains("Did you mean 'config_settings'?", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did you mean Keystone?", "keystne")]
    [InlineData("Choose one with --role, or by its path. There are: undercloud/OneServiceChain/0 (role One), undercloud/TwoServiceChain/0 (role Two).", "Keystone")]
    [InlineData("The role 'Three' has no service 'Keystone'.", "Keystone", "--role", "Three")]
    [InlineData("OS::TripleO::Services::Spare is mapped to services/keystone.yaml, but nothing in this stack uses it.", "spare")]
    public async Task Show_says_which_services_there_are(string told, params string[] arguments)
    {
        var run = await RunAsync(["show", .. arguments, "-e", "registry.yaml"]);
        Assert.Equal((ExitCodes.ChecksFailed, ""), (run.Code, run.Output));
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_finds_a_service_by_the_type_it_stands_for()
    {
        Write("alias.yaml", "resource_registry: {'OS::TripleO::Services::Keystone': 'OS::TripleO::Services::Spare'}\n");
        var run = await RunAsync("show", "spare", "--role", "One", "-e", "registry.yaml", "-e", "alias.yaml");
        Assert.StartsWith("Service:  OS::TripleO::Services::Keystone\nPath:     undercloud/OneServiceChain/0\nTemplate: services/keystone.yaml, mapped by alias.yaml:1\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_says_that_a_service_is_off()
    {
        var run = await RunAsync("show", "off", "-e", "registry.yaml");
        Assert.Equal(ExitCodes.Done, run.Code);
        Assert.Contains("is mapped to OS::Heat::None by registry.yaml:3", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_shows_what_another_environment_makes_different_without_secrets()
    {
        var run = await RunAsync("diff", "-e", "registry.yaml", "--to-environment-file", "registry.yaml", "--to-environment-file", "more.yaml");
        Assert.Equal(ExitCodes.Changes, run.Code);
        Assert.StartsWith(
            """
            ~ RoleData.One[0].config_settings.url: *** (a secret has changed)
            ~ RoleData.One[0].config_settings.workers: 1 -> 3
            ~ RoleData.One[0].script:
                @@ -1,2 +1,2 @@
                 #!/bin/sh
                -1
                +3

            """.ReplaceLineEndings("\n"),
            run.Output,
            StringComparison.Ordinal);
        Assert.Equal(
            $"From: {_directory}, environments registry.yaml\nTo:   the same, but also environments more.yaml\n6 differences: 6 changed\n", run.Error);
    }

    [Fact]
    public async Task Diff_puts_long_values_below_each_other()
    {
        var (old, @new) = (new string('a', 60), new string('b', 60));
        Write("old.yaml", $"parameter_defaults: {{Name: {old}}}\n");
        Write("new.yaml", $"parameter_defaults: {{Name: {@new}}}\n");
        Write("overcloud.yaml", "heat_template_version: rocky\nparameters: {Name: {type: string}}\noutputs: {o: {value: {get_param: Name}}}\n");
        var run = await RunAsync("diff", "-e", "old.yaml", "--to-environment-file", "new.yaml");
        Assert.Equal($"~ o:\n    - {old}\n    + {@new}\n", run.Output);
        Assert.Contains("To:   the same, but also environments new.yaml, without environments old.yaml\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_of_the_same_is_none_and_of_nothing_a_usage_error()
    {
        var run = await RunAsync("diff", "-e", "registry.yaml", "--to-environment-file", "registry.yaml");
        Assert.Equal((ExitCodes.Done, ""), (run.Code, run.Output));
        Assert.EndsWith("No difference.\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("diff", "-e", "registry.yaml")).Code);
    }

    [Fact]
    public async Task Diff_to_another_tree_takes_the_files_of_the_same_names_there()
    {
        var other = Path.Combine(_directory, "other");
        foreach (var file in (string[])["overcloud.yaml", "registry.yaml", "roles_data.yaml", "services/keystone.yaml"])
        {
            var text = File.ReadAllText(Path.Combine(_directory, file));
            Write($"other/{file}", text.Replace("name: start", "name: begin", StringComparison.Ordinal).Replace("OS::TripleO::Services::Off: OS::Heat::None", "OS::TripleO::Services::Off: services/keystone.yaml", StringComparison.Ordinal));
        }

        var run = await RunAsync("diff", "-e", Path.Combine(_directory, "registry.yaml"), "--to-templates", other, "-f", "json");
        Assert.Equal(ExitCodes.Changes, run.Code);
        var changes = ((ListValue)CanonicalJson.Read(run.Output)).Items.Cast<MapValue>().Select(change => $"{PythonText.Str(change["change"]!)} {PythonText.Str(change["path"]!)}").ToList();
        Assert.Contains("removed RoleData.Two[keystone].deploy_steps_tasks[start]", changes);
        Assert.Contains("added RoleData.Two[keystone].deploy_steps_tasks[begin]", changes);
        Assert.Contains("changed RoleData.One[1]", changes);
    }

    [Fact]
    public async Task Diff_says_which_side_is_wrong()
    {
        var run = await RunAsync("diff", "-e", "registry.yaml", "--to-environment-file", "none.yaml");
        Assert.Equal((ExitCodes.ChecksFailed, ""), (run.Code, run.Output));
        Assert.Contains("The second side cannot be resolved:\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_format_that_there_is_not_is_a_usage_error() =>
        Assert.NotEmpty(CommandTree.Create(new Composition()).Parse(["template", "validate", "-f", "xml"]).Errors);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => TemplateRun.RunAsync(_directory, arguments);
}
