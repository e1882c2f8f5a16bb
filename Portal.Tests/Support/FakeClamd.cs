using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>What a scanner of the tests does with a file.</summary>
public enum ClamdManner
{
    /// <summary>As clamd does it: the EICAR text is found, beyond the limit it says so and closes.</summary>
    Scans,

    /// <summary>Closes after the first chunk.</summary>
    Breaks,

    /// <summary>Takes everything and never answers.</summary>
    Silent,

    /// <summary>Answers with something else.</summary>
    Babbles,
}

/// <summary>A little clamd on a socket of the file system: INSTREAM and VERSION.</summary>
public sealed class FakeClamd : IDisposable
{
    /// <summary>The text that every scanner finds; harmless. In two parts, so that this file is not found itself.</summary>
    public const string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";

    private readonly TempFolder folder = new();
    private readonly Socket door = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public FakeClamd()
    {
        var path = Path.Combine(folder.Path, "clamd.ctl");
        door.Bind(new UnixDomainSocketEndPoint(path));
        door.Listen();
        Address = $"unix:{path}";
        _ = ServeAsync();
    }

    public string Address { get; }

    public ClamdManner Manner { get; set; }

    public int Limit { get; set; } = int.MaxValue;

    public void Dispose()
    {
        door.Dispose();
        folder.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await door.AcceptAsync());
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        await using var wire = new NetworkStream(socket, ownsSocket: true);
        var command = new StringBuilder();
        while (wire.ReadByte() is > 0 and var letter)
            command.Append((char)letter);
        if (command.ToString() == "zVERSION")
            await SayAsync(wire, "ClamAV 1.0.7/27100/Mon Jan  5 10:00:00 2026");
        else if (command.ToString() == "zINSTREAM" && await ReadAsync(wire) is { } answer)
            await SayAsync(wire, answer);
    }

    private async Task<string?> ReadAsync(NetworkStream wire)
    {
        using var content = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await wire.ReadExactlyAsync(length);
            var chunk = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            if (chunk.Length == 0)
                break;
            await wire.ReadExactlyAsync(chunk);
            content.Write(chunk);
            if (Manner == ClamdManner.Breaks)
                return null;
            if (content.Length > Limit)
                return "INSTREAM size limit exceeded. ERROR";
        }
        if (Manner == ClamdManner.Silent)
            await Task.Delay(Timeout.Infinite);
        return Manner == ClamdManner.Babbles ? "UNKNOWN COMMAND"
            : Encoding.Latin1.GetString(content.ToArray()).Contains(Eicar, StringComparison.Ordinal) ? "stream: Eicar-Signature FOUND"
            : "stream: OK";
    }

    private static async Task SayAsync(NetworkStream wire, string words) => await wire.WriteAsync(Encoding.ASCII.GetBytes(words + "\0"));
}
