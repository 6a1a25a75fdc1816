using System.Net;
using System.Net.Sockets;

namespace Undercloud.Host.Containers;

/// <summary>Asks an HTTP server of this host for its root, which needs neither a token nor a database.</summary>
internal static class HttpProbe
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    /// <summary>Whether the server answers within a second.</summary>
    /// <param name="address"><c>ADDRESS:PORT</c>, an IPv6 address in brackets.</param>
    /// <param name="stop">Cancels the request.</param>
    public static async Task<bool> AnswersAsync(string address, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(s_limit);
        try
        {
            var server = IPEndPoint.Parse(address);
            using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server, limit.Token);
            await socket.SendAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), SocketFlags.None, limit.Token);
            return await socket.ReceiveAsync(new byte[1], SocketFlags.None, limit.Token) > 0;
        }
        catch (Exception failure) when (failure is SocketException || (failure is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }
}
