using System.Collections.Immutable;
using Undercloud.Deploy.Nodes;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Deploy;

public sealed class NodesFileTests
{
    [Fact]
    public void A_node_is_reached_over_ssh_unless_its_address_is_one_of_the_deploying_host()
    {
        var nodes = Read("""
            - {name: node-1, role: Database, address: 192.168.24.1/24}
            - {name: node-2, role: Api, address: 192.168.24.2/24, user: debian, port: 2222, key: /root/.ssh/id, interface: eth1, host: node-2.example.org}
            """, out var findings);
        Assert.Empty(findings);
        Assert.Null(nodes[0].Connection);
        Assert.Equal(new SshConnection("node-2.example.org", "debian", 2222, "/root/.ssh/id"), nodes[1].Connection);
        Assert.Equal(("eth1", "192.168.24.2/24"), (nodes[1].Interface, $"{nodes[1].Address}"));
    }

    [Fact]
    public void The_connection_of_a_node_can_be_chosen()
    {
        var nodes = Read("[{name: a, role: Api, address: 192.168.24.1/24, connection: ssh, host: localhost}, {name: b, role: Api, address: 192.168.24.7/24, connection: local}]", out _);
        Assert.Equal("localhost", nodes[0].Connection!.Host);
        Assert.Null(nodes[1].Connection);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_with_their_places()
    {
        Read("""
            - {name: node-1, role: Databse, address: 192.168.24.11/24}
            - {name: node-2, role: Api, address: 192.168.24.12}
            - {name: node_3!, role: Api, address: 192.168.24.13/24, usr: root}
            - {role: Api, address: 192.168.24.14/24, port: 70000}
            - {name: n5, role: Api, address: 192.168.24.15/24, key: id_rsa, host: -oProxyCommand=x}
            - node-6
            """, out var findings);
        Assert.Equal(
            [
                "nodes.yaml:1:24: NODES002: role is \"Databse\", which the roles file does not have. Did you mean 'Database'?",
                "nodes.yaml:2:38: NODES002: address is \"192.168.24.12\", which is no address with a prefix length. Write the node's address on the control plane, e.g. 192.168.24.1/24.",
            ],
            findings.Select(Short).Take(2));
        Assert.Equal([1, 2, 3, 3, 4, 4, 5, 5, 6], findings.Select(finding => finding.Location!.Value.Line).Order());
        Assert.Contains(findings, finding => finding.Message == "usr is no key of a node." && finding.Remedy == "Did you mean 'user'?");
        Assert.Contains(findings, finding => finding.Message == "name is missing.");
        Assert.Contains(findings, finding => finding.Message == "port must be a whole number from 1 to 65535, not 70000.");
        Assert.Contains(findings, finding => finding.Message == "key is \"id_rsa\", which is not absolute.");
        Assert.Contains(findings, finding => finding.Message == "host is \"-oProxyCommand=x\", which ssh does not take.");
    }

    [Fact]
    public void Two_nodes_have_neither_a_name_nor_an_address_nor_a_host_in_common()
    {
        Read("""
            - {name: a, role: Api, address: 192.168.24.11/24}
            - {name: a, role: Api, address: 192.168.24.12/24}
            - {name: c, role: Api, address: 192.168.24.11/24, host: c.example.org}
            - {name: d, role: Api, address: 192.168.24.14/24, host: c.example.org}
            """, out var findings);
        Assert.Equal(
            [
                "Two nodes have the name a; the other one is at nodes.yaml:1:10.",
                "Two nodes have the address 192.168.24.11; the other one is at nodes.yaml:1:33.",
                "Two nodes have the connection c.example.org:22; the other one is at nodes.yaml:3:57.",
            ],
            findings.Select(finding => finding.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("nodes: []")]
    [InlineData("- [a")]
    public void A_file_without_a_list_of_nodes_is_an_error(string text)
    {
        Assert.Empty(Read(text, out var findings));
        Assert.Single(findings);
    }

    private static ImmutableArray<CloudNode> Read(string text, out ImmutableArray<Diagnostic> findings)
    {
        var bag = new DiagnosticBag();
        var nodes = NodesFile.Read(text, "nodes.yaml", ["Database", "Api"], address => $"{address.Address}" == "192.168.24.1", bag);
        findings = bag.All;
        return nodes;
    }

    private static string Short(Diagnostic finding) => $"{finding.Location}: {finding.Code}: {finding.Message} {finding.Remedy}";
}
