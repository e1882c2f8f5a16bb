using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>A wire to a server's socket that can be cut, can stall, and can break after so many bytes: a network between portal and database.</summary>
public sealed class CutWire : IDisposable
{
    private readonly TcpListener door = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, Socket> open = new();
    private readonly string socket;
    private TaskCompletionSource flow = Flowing();
    private long bytesLeft = long.MaxValue;
    private volatile bool broken;

    public CutWire(string socket)
    {
        this.socket = socket;
        door.Start();
        Port = ((IPEndPoint)door.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    /// <summary>Where it begins, on this machine.</summary>
    public int Port { get; }

    /// <summary>The address of a database at its end.</summary>
    public NpgsqlConnectionStringBuilder To(string database) => new() { Host = "127.0.0.1", Port = Port, Database = database };

    /// <summary>Cuts what is open, and what comes, until it is mended.</summary>
    public void Break()
    {
        broken = true;
        foreach (var (one, other) in open)
        {
            Reset(one);
            Reset(other);
        }
    }

    /// <summary>Cuts when the portal has sent so many bytes more.</summary>
    public void BreakAfter(long bytes) => Interlocked.Exchange(ref bytesLeft, bytes);

    /// <summary>Lets nothing through any more and says nothing, until it is mended.</summary>
    public void Stall() => flow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend()
    {
        Interlocked.Exchange(ref bytesLeft, long.MaxValue);
        broken = false;
        flow.TrySetResult();
    }

    public void Dispose()
    {
        door.Dispose();
        Break();
        flow.TrySetResult();
    }

    private static TaskCompletionSource Flowing()
    {
        var flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        flowing.SetResult();
        return flowing;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await door.AcceptSocketAsync());
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It is taken down.
        }
    }

    private async Task ServeAsync(Socket portal)
    {
        var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        open[portal] = server;
        try
        {
            portal.NoDelay = true;
            await flow.Task;
            if (broken)
                throw new SocketException();
            await server.ConnectAsync(new UnixDomainSocketEndPoint(socket));
            await Task.WhenAny(PumpAsync(portal, server, counts: true), PumpAsync(server, portal, counts: false));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Either end is gone, or it was cut.
        }
        finally
        {
            open.TryRemove(portal, out _);
            Reset(portal);
            Reset(server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool counts)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var read and > 0)
            {
                await flow.Task;
                if (counts && Interlocked.Add(ref bytesLeft, -read) < 0)
                    Break();
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The other way ends with it.
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new(true, 0);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Gone already.
        }
        socket.Dispose();
    }
}
