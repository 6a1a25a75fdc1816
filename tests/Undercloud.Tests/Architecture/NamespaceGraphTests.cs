using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Architecture;

public sealed class NamespaceGraphTests
{
    // Each is one thing in several folders: the parts of a tree that evaluates itself.
    private static readonly string[] s_circles =
    [
        // Parsing a template parses the calls in it.
        "Heat.Functions Heat.Templates",

        // A resource may be a stack again.
        "Heat.Resources Heat.Stacks",

        // A node of an expression evaluates itself, and what it calls is looked up in the library.
        "Heat.Yaql.Library Heat.Yaql.Python Heat.Yaql.Runtime Heat.Yaql.Syntax",
    ];

    [Fact]
    public void Namespaces_use_only_those_that_the_list_allows()
    {
        var allowed = Allowed();
        var found = Found().Where(arrow => !allowed.Contains(arrow)).Select(arrow => $"{arrow.From}: {arrow.To}");
        Assert.True(!found.Any(), "New arrows between namespaces; if they are meant, add them to namespaces.txt:\n" + string.Join('\n', found));
    }

    [Fact]
    public void The_list_of_allowed_arrows_has_none_that_nobody_uses()
    {
        var found = Found().ToHashSet();
        Assert.Empty(Allowed().Where(arrow => !found.Contains(arrow)).Select(arrow => $"{arrow.From}: {arrow.To}"));
    }

    [Fact]
    public void Namespaces_have_no_other_circles_than_the_declared_ones() =>
        Assert.Equal(s_circles.Order(StringComparer.Ordinal), NamespaceGraph.Cycles([.. Found()]).Select(circle => string.Join(' ', circle)).Order(StringComparer.Ordinal));

    [Fact]
    public void A_circle_of_three_is_found_and_a_mere_chain_is_not() =>
        Assert.Equal(["a b c"], NamespaceGraph.Cycles([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e")]).Select(circle => string.Join(' ', circle)));

    private static IEnumerable<(string From, string To)> Found()
    {
        var directory = Path.GetDirectoryName(typeof(Diagnostic).Assembly.Location)!;
        string[] names = ["Undercloud.Heat.dll", "Undercloud.Config.dll", "Undercloud.Deploy.dll", "Undercloud.Host.dll", "undercloud.dll"];
        return NamespaceGraph.Read(names.Select(name => Path.Combine(directory, name)));
    }

    // A line for each namespace: its name, a colon, and those that it may use.
    private static HashSet<(string From, string To)> Allowed()
    {
        using var text = new StreamReader(typeof(NamespaceGraphTests).Assembly.GetManifestResourceStream("namespaces.txt")!);
        return
        [
            .. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith('#'))
                .Select(line => line.Split(':'))
                .SelectMany(line => line[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(to => (line[0], to))),
        ];
    }
}
