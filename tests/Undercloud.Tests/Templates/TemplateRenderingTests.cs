using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Environments;
using Undercloud.Heat.Stacks;
using Undercloud.Host.Processes;
using Undercloud.Host.Templates;
using Undercloud.Tests.Sandboxes;

namespace Undercloud.Tests.Templates;

/// <summary>What the Jinja2 files of a tree render to: the names of files, their data, and what is wrong with them.</summary>
public sealed class TemplateRenderingTests
{
    private const string AllNames = "{% for role in roles %}{{role.name}} {% endfor %}{% for net in networks %}{{net.name}}={{net.name_lower}} {% endfor %}";

    [Fact]
    public async Task The_small_tree_has_a_file_for_each_role_and_enabled_network()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "corpus", "trees", "small");
        using var made = new RenderedTree([.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(root, file), File.ReadAllText(file)))]);
        made.Write("roles.yaml", await File.ReadAllTextAsync(Path.Combine(root, "roles_data.yaml"), TestContext.Current.CancellationToken));
        made.Write("networks.yaml", await File.ReadAllTextAsync(Path.Combine(root, "network_data.yaml"), TestContext.Current.CancellationToken));
        var tree = await made.RenderAsync();
        Assert.Equal(
            ["network/ports/internal_api.yaml", "network/ports/storage.yaml", "overcloud.yaml", "puppet/compute-role.yaml", "puppet/controller-role.yaml", "registry.yaml"],
            tree.Rendered.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("description: A node of the role Compute\n", tree.Rendered["puppet/compute-role.yaml"], StringComparison.Ordinal);
        Assert.Contains("subnet: 172.16.1.0/24}", tree.Rendered["network/ports/storage.yaml"], StringComparison.Ordinal);
        Assert.Equal(tree.Rendered["overcloud.yaml"], tree.Read("overcloud.yaml"));
        Assert.False(File.Exists(Path.Combine(tree.Root, "overcloud.yaml")));
    }

    [Fact]
    public async Task A_common_file_sees_all_roles_and_networks_and_only_enabled_networks_get_a_lower_name()
    {
        using var made = new RenderedTree(("all.j2.yaml", AllNames));
        made.Write("roles.yaml", "[{name: B}, {name: A}]");
        made.Write("networks.yaml", "[{name: InternalApi}, {name: Gone, enabled: false}, {name: Own, name_lower: mine}]");
        Assert.Equal("B A InternalApi=internalapi Gone= Own=mine ", await made.TextAsync("all.yaml"));
    }

    [Theory]
    [InlineData("{{role.name}} has {{role.Count}}", "One has 3")]
    [InlineData("{{role}} alone", "One alone")]
    [InlineData("{{ role.name }} is undefined on a name", " is undefined on a name")]
    public async Task A_role_file_gets_the_role_or_in_the_old_way_its_name(string text, string expected)
    {
        using var made = new RenderedTree(("puppet/x.role.j2.yaml", text));
        made.Write("roles.yaml", "[{name: One, Count: 3}]");
        Assert.Equal(expected, await made.TextAsync("puppet/one-x.yaml"));
    }

    [Fact]
    public async Task Files_of_network_configurations_are_named_after_the_role_alone()
    {
        using var made = new RenderedTree(("network/config/bond/role.role.j2.yaml", "{{role.name}}"));
        made.Write("roles.yaml", "[{name: One}, {name: Two, deprecated_nic_config_name: second.yaml}]");
        Assert.Equal(["network/config/bond/one.yaml", "network/config/bond/second.yaml"], (await made.RenderAsync()).Rendered.Keys.Order());
    }

    [Fact]
    public async Task Network_files_put_the_networks_lower_name_for_the_word_in_their_own()
    {
        using var made = new RenderedTree(("network/network_v6.network.j2.yaml", "{{network.name}}"), ("network/ports/port_network.network.j2.yaml", "{{network.name}}"));
        made.Write("networks.yaml", "[{name: Storage}]");
        Assert.Equal(["network/ports/storage_network.yaml", "network/storage_v6.yaml"], (await made.RenderAsync()).Rendered.Keys.Order());
    }

    [Fact]
    public async Task Excludes_are_for_files_of_roles_and_networks_only()
    {
        using var made = new RenderedTree(
            ("j2_excludes.yaml", "name: [one-x.yaml, net/storage.yaml, all.yaml]"),
            ("x.role.j2.yaml", "{{role.name}}"), ("net/network.network.j2.yaml", "x"), ("all.j2.yaml", "x"));
        made.Write("roles.yaml", "[{name: One}, {name: Two}]");
        made.Write("networks.yaml", "[{name: Storage}, {name: Other}]");
        Assert.Equal(["all.yaml", "net/other.yaml", "two-x.yaml"], (await made.RenderAsync()).Rendered.Keys.Order());
    }

    [Theory]
    [InlineData("", "|disabled=|idx=|tags=")]
    [InlineData("data['disable_constraints'] = True", "|disabled=True|idx=|tags=")]
    [InlineData("network['idx'] = 1", "|disabled=|idx=0|tags=")]
    [InlineData("def _set_tags_based_on_role_name(): pass", "|disabled=|idx=|tags=compute,ovsdpdk")]
    public async Task The_trees_own_tool_says_what_its_release_adds_to_the_data(string tool, string expected)
    {
        using var made = new RenderedTree(
            ("tools/process-templates.py", tool), ("a.role.j2.yaml", "|disabled={{disable_constraints}}"),
            ("b.j2.yaml", "|idx={{networks[0].idx}}|tags={{roles[0].tags|default([])|join(',')}}"));
        made.Write("roles.yaml", "[{name: ComputeOvsDpdkOne, disable_constraints: true}]");
        made.Write("networks.yaml", "[{name: N}]");
        var tree = await made.RenderAsync();
        Assert.Equal(expected, tree.Rendered["computeovsdpdkone-a.yaml"] + tree.Rendered["b.yaml"]);
    }

    [Fact]
    public async Task Hidden_directories_are_left_out()
    {
        using var made = new RenderedTree((".git/a.j2.yaml", "x"), (".b.j2.yaml", "x"), ("c.j2.yaml", "é"));
        var rendered = Assert.Single((await made.RenderAsync()).Rendered);
        Assert.Equal(("c.yaml", "é"), (rendered.Key, rendered.Value));
    }

    [Fact]
    public async Task A_tree_without_Jinja2_needs_neither_Python_nor_roles()
    {
        using var made = new RenderedTree(("plain.yaml", "a: 1"));
        var findings = new DiagnosticBag();
        var processes = new FakeProcesses();
        var tree = await new TemplateRenderer(processes, made.Cache).RenderAsync(made.Root, "none", "none", findings, TestContext.Current.CancellationToken);
        Assert.Empty(findings.All);
        Assert.Empty(processes.Ran);
        Assert.Equal("a: 1", tree!.Read("plain.yaml"));
    }

    [Fact]
    public void A_link_to_nowhere_is_no_file()
    {
        using var made = new RenderedTree();
        File.CreateSymbolicLink(Path.Combine(made.Root, "link.yaml"), "nowhere.yaml");
        Assert.Null(TemplateTree.Plain(made.Root).Read("link.yaml"));
    }

    [Fact]
    public async Task Includes_are_found_beside_the_file_then_below_the_root()
    {
        using var made = new RenderedTree(
            ("deep/a.j2.yaml", "{% include 'x.j2' %} {% include 'y.j2' %} {% include '/deep/./x.j2' %}"), ("deep/x.j2", "near"), ("x.j2", "far"), ("y.j2", "root"));
        Assert.Equal("near root near", await made.TextAsync("deep/a.yaml"));
    }

    [Theory]
    [InlineData("../outside.j2")]
    [InlineData("deep/../x.j2")]
    [InlineData("/etc/hostname")]
    public async Task Includes_never_leave_the_tree(string path)
    {
        using var made = new RenderedTree(("deep/a.j2.yaml", "\n{% include '" + path + "' %}"), ("x.j2", "x"));
        await File.WriteAllTextAsync(Path.Combine(made.Root, "..", "outside.j2"), "x", TestContext.Current.CancellationToken);
        Assert.Equal($"deep/a.j2.yaml:2: error TREE004: Rendering fails here: there is no file '{path}' to include.", await made.FindingsAsync());
    }

    [Theory]
    [InlineData("a\n{% if %}", "a.j2.yaml:2: error TREE004: Rendering fails here: Expected an expression, got 'end of statement block'.")]
    [InlineData("a\n\n{{ nothing.at.all }}", "a.j2.yaml:3: error TREE004: Rendering fails here: UndefinedError: 'nothing' is undefined.")]
    [InlineData("{{ 1 / 0 }}", "a.j2.yaml:1: error TREE004: Rendering fails here: ZeroDivisionError: division by zero.")]
    [InlineData("\n{% include 'bad.j2' %}", "bad.j2:2: error TREE004: Rendering fails here: Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.")]
    [InlineData("\n{% include 'fails.j2' %}", "fails.j2:3: error TREE004: Rendering fails here: UndefinedError: 'nothing' is undefined.")]
    public async Task What_fails_is_named_with_file_and_line(string text, string expected)
    {
        using var made = new RenderedTree(("a.j2.yaml", text), ("bad.j2", "\n{% if true %}\n"), ("fails.j2", "\n\n{{ nothing.at.all }}"));
        Assert.Equal(expected, await made.FindingsAsync());
    }

    [Fact]
    public async Task All_files_that_fail_are_named_at_once()
    {
        using var made = new RenderedTree(("a.j2.yaml", "{{"), ("b.j2.yaml", "ok"), ("c.j2.yaml", "{{ x.y.z }}"));
        File.WriteAllBytes(Path.Combine(made.Root, "d.j2.yaml"), [0x61, 0xFF]);
        File.CreateSymbolicLink(Path.Combine(made.Root, "e.j2.yaml"), "nowhere");
        Assert.Equal(
            ["a.j2.yaml:1", "c.j2.yaml:1", "d.j2.yaml", "e.j2.yaml"], (await made.FindingsAsync()).Split('\n').Select(line => line[..line.IndexOf(": error", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Endless_includes_end_in_an_error()
    {
        using var made = new RenderedTree(("a.j2.yaml", "{% include 'b.j2' %}"), ("b.j2", "{% include 'b.j2' %}"));
        Assert.Contains("RecursionError", await made.FindingsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roles.yaml", "- name: A\n- name: B: C", "roles.yaml:2: error TREE004: Rendering fails here: it is not YAML: mapping values are not allowed in this context.")]
    [InlineData("roles.yaml", "", "roles.yaml:1: error TREE004: Rendering fails here: it must be a list of roles, each a map with a name.")]
    [InlineData("networks.yaml", "[{name: 1}]", "networks.yaml:1: error TREE004: Rendering fails here: it must be a list of networks, each a map with a name.")]
    [InlineData("networks.yaml", "[{name: N, name_lower: 1}]", "networks.yaml: error TREE004: Rendering fails here: name_lower of the network 'N' must be text.")]
    [InlineData("j2_excludes.yaml", "[a]", "j2_excludes.yaml:1: error TREE004: Rendering fails here: it must be a map with a list 'name'.")]
    public async Task Data_that_is_wrong_is_named(string path, string text, string expected)
    {
        using var made = new RenderedTree(("a.j2.yaml", "x"));
        made.Write(path, text);
        Assert.Equal(expected, await made.FindingsAsync());
    }

    [Fact]
    public async Task A_roles_file_that_is_nowhere_fails_the_files_that_need_it_and_no_others()
    {
        using var made = new RenderedTree(("a.j2.yaml", "x"), ("b.j2.yaml", "{% for role in roles %}{% endfor %}"), ("deep/c.role.j2.yaml", "x"));
        var findings = new DiagnosticBag();
        var renderer = new TemplateRenderer(new ProcessRunner(TimeProvider.System), made.Cache);
        var tree = (await renderer.RenderAsync(made.Root, "none.yaml", "networks.yaml", findings, TestContext.Current.CancellationToken))!;
        Assert.Empty(findings.All);
        Assert.Equal("x", tree.Read("a.yaml"));
        Assert.Null(tree.Failure("a.yaml"));
        Assert.All(["b.yaml", "deep/one-c.yaml"], path =>
        {
            Assert.Null(tree.Read(path));
            var failure = tree.Failure(path)!;
            Assert.Equal("TREE002", failure.Code);
            Assert.StartsWith("This is rendered with the roles file, and there is no none.yaml, neither here nor in ", failure.Message, StringComparison.Ordinal);
        });
        Assert.Null(tree.Failure("other/x.yaml"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_rendered_is_reported_where_it_is_used()
    {
        using var made = new RenderedTree(
            ("bad.j2.yaml", "\n{% if %}"), ("main.yaml", "heat_template_version: rocky\nresources:\n  A: {type: A::B}\n"), ("good.yaml", "resource_registry: {A::B: OS::Heat::None}"),
            ("wrong.yaml", "resource_registry: {A::B: bad.yaml}"));
        var findings = new DiagnosticBag();
        var renderer = new TemplateRenderer(new ProcessRunner(TimeProvider.System), made.Cache);
        var tree = (await renderer.RenderAsync(made.Root, "roles.yaml", "networks.yaml", findings, TestContext.Current.CancellationToken))!;
        Assert.Empty(Resolve("good.yaml"));
        Assert.StartsWith($"{made.Root}/bad.j2.yaml:2: error TREE004: Rendering fails here: ", Assert.Single(Resolve("wrong.yaml")).ToString(), StringComparison.Ordinal);

        IEnumerable<Diagnostic> Resolve(string environment) => StackResolver.Resolve(new()
        {
            Name = "s",
            TemplatePath = "main.yaml",
            Files = tree,
            Environment = HeatEnvironment.Read([environment], tree, findings),
        }).Diagnostics;
    }

    [Theory]
    [InlineData(1, "Traceback\nModuleNotFoundError: No module named 'jinja2'", true)]
    [InlineData(127, "/usr/bin/python3: No such file", true)]
    [InlineData(1, "something else", false)]
    public async Task Without_Jinja2_the_packages_to_install_are_named(int exit, string said, bool packages)
    {
        using var made = new RenderedTree(("a.j2.yaml", "x"));
        var findings = new DiagnosticBag();
        // Isolated, so that a yaml.py in the working directory is not taken for the real one.
        var processes = new FakeProcesses().Answer("/usr/bin/python3 -I - ", said, exit);
        var tree = await new TemplateRenderer(processes, made.Cache).RenderAsync(made.Root, "roles.yaml", "networks.yaml", findings, TestContext.Current.CancellationToken);
        Assert.Null(tree);
        var finding = Assert.Single(findings.All);
        Assert.Equal("TREE003", finding.Code);
        Assert.Equal(packages, finding.Remedy?.Contains("python3-jinja2", StringComparison.Ordinal) ?? false);
    }
}
