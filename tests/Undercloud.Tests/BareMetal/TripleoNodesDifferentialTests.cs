using Undercloud.Deploy.BareMetal;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.BareMetal;

/// <summary>The files of tests/corpus/nodes, read by tripleo-common train and by us. UNDERCLOUD_TRIPLEO_COMMON_TRAIN names a checkout of it.</summary>
public sealed class TripleoNodesDifferentialTests
{
    private const string Checkout = "UNDERCLOUD_TRIPLEO_COMMON_TRAIN";

    private static readonly string s_corpus = Path.Combine(AppContext.BaseDirectory, "corpus", "nodes");

    [Fact]
    public void Nodes_are_the_recorded_ones() => Compare(File.ReadAllText(Path.Combine(s_corpus, "answers.json")));

    [Fact]
    public async Task Nodes_are_the_ones_tripleo_common_would_create()
    {
        if (Environment.GetEnvironmentVariable(Checkout) is not { Length: > 0 } checkout)
        {
            Assert.Skip($"{Checkout} names no checkout of tripleo-common.");
            return;
        }

        var theirs = await PythonOracle.Answer("oslo_utils, oslo_concurrency, oslo_i18n, six", "tripleo_nodes.py", Cases(), checkout);
        Compare(theirs);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(s_corpus, "answers.json"), TestContext.Current.CancellationToken), theirs);
    }

    private static string Cases() => File.ReadAllText(Path.Combine(s_corpus, "cases.json"));

    private static void Compare(string answers)
    {
        var cases = ((ListValue)CanonicalJson.Read(Cases())).Items;
        var theirs = ((ListValue)CanonicalJson.Read(answers)).Items;
        Assert.Equal(cases.Length, theirs.Length);
        foreach (var (nodes, answer) in cases.Zip(theirs.Cast<MapValue>()))
        {
            var findings = new DiagnosticBag();
            var wanted = NodeFile.Read(CanonicalJson.WriteIndented(nodes), "nodes.json", findings);
            Assert.True((answer["refused"] is BooleanValue { Flag: true }) == findings.HasErrors, $"{nodes}: {string.Join('\n', findings.All)}");
            if (answer["nodes"] is not ListValue created)
                continue;
            Assert.Equal(created.Items.Length, wanted.Length);
            foreach (var (ours, node) in EnrolmentPlanner.Plan(wanted, [], findings).Zip(created.Items.Cast<MapValue>()))
                Compare(node, ours);
        }
    }

    private static void Compare(MapValue theirs, NodeEnrolment ours)
    {
        var made = (MapValue)theirs["create"]!;
        Assert.Equal(Without(made, "driver_info"), Without(ours.Creation, "driver_info"));
        Assert.Equal((MapValue)made["driver_info"]!, DriverInfo(ours));
        Assert.Equal((theirs["controller"] as StringValue)?.Text, ours.Wanted.Controller);
        Assert.Equal(((ListValue)theirs["ports"]!).Items.Cast<MapValue>().Select(Said), ours.Ports.Select(port => port.Wanted.Fields.With("address", port.Wanted.Address)));
    }

    // Train knows a Dell's own protocol alone; wallaby has what we have.
    private static MapValue DriverInfo(NodeEnrolment node) => node.Wanted.Type.Name == "idrac"
        ? new(node.Wanted.DriverInfo.Entries.Where(entry => !entry.Key.StartsWith("redfish_", StringComparison.Ordinal)))
        : node.Wanted.DriverInfo;

    private static MapValue Said(MapValue port) => new(port.Entries.Where(entry => entry.Value is not NullValue));

    private static MapValue Without(MapValue map, string key) => new(map.Entries.Where(entry => entry.Key != key));
}
