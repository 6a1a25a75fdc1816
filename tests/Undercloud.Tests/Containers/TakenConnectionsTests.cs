using System.Net;
using System.Net.Sockets;
using Undercloud.Host.Containers;

namespace Undercloud.Tests.Containers;

public sealed class TakenConnectionsTests
{
    [Fact]
    public void Only_established_connections_of_the_ports_that_a_process_accepted_count()
    {
        string[] table =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0118A8C0:1F44 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 21 1 0 100 0 0 10 0",
            "   1: 0118A8C0:1F44 0118A8C0:C350 01 00000000:00000000 00:00000000 00000000     0        0 22 1 0 20 4 30 10 -1",
            "   2: 0118A8C0:1F44 0118A8C0:C351 01 00000000:00000012 00:00000000 00000000     0        0 0 1 0 20 4 30 10 -1",
            "   3: 0118A8C0:C350 0118A8C0:1F44 01 00000000:00000000 00:00000000 00000000     0        0 23 1 0 20 4 30 10 -1",
            "   4: 0118A8C0:1F44 0118A8C0:C352 06 00000000:00000000 03:00000000 00000000     0        0 0 3 0",
        ];
        Assert.Equal(1, TakenConnections.Count(table, new HashSet<int> { 8004 }));
        Assert.Equal(0, TakenConnections.Count(table, new HashSet<int> { 8774 }));
    }

    [Fact]
    public async Task A_connection_counts_from_its_acceptance_to_its_end()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        string[] addresses = [$"{listener.LocalEndPoint}"];
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        Assert.Equal(0, TakenConnections.Count(addresses));
        using (await listener.AcceptAsync(TestContext.Current.CancellationToken))
            Assert.Equal(1, TakenConnections.Count(addresses));
        Assert.Equal(0, TakenConnections.Count(addresses));
    }
}
