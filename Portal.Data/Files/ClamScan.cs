using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace QuanTrac.Portal.Data.Files;

/// <summary>What the scanner says of a file.</summary>
public enum ScanVerdict
{
    /// <summary>No scanner is set.</summary>
    NotSet,
    Clean,

    /// <summary>With the name of what was found.</summary>
    Found,

    /// <summary>Larger than the scanner takes (StreamMaxLength of clamd.conf).</summary>
    TooLarge,

    /// <summary>It does not answer, breaks off, or says something else.</summary>
    Unreachable,
}

/// <summary>A verdict with its words: the name of what was found, the scanner's version, or what is wrong with it.</summary>
public sealed record ScanAnswer(ScanVerdict Verdict, string Words = "");

/// <summary>Asks ClamAV's clamd about files, over its socket (INSTREAM: chunks with their length in front, an empty one at the end).</summary>
/// <param name="address"><c>unix:/path/clamd.ctl</c> or <c>host:port</c>; null or empty where there is none.</param>
/// <param name="patience">For an answer of the scanner; a minute if not told.</param>
public sealed class ClamScan(string? address, TimeSpan? patience = null)
{
    public const string Variable = "QUANTRAC_CLAMD";

    private const int DefaultPort = 3310;
    private const int AnswerCap = 4096;
    private const int Chunk = 64 * 1024;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    private readonly TimeSpan patience = patience ?? TimeSpan.FromMinutes(1);

    /// <summary>Whether files are to be scanned.</summary>
    public bool IsSet => !string.IsNullOrWhiteSpace(address);

    public static ClamScan FromEnvironment() => new(Environment.GetEnvironmentVariable(Variable));

    /// <summary>For whoever looks after the installation: <see cref="ScanVerdict.NotSet"/>, <see cref="ScanVerdict.Clean"/> with the scanner's version and the day of its signatures,
    /// or <see cref="ScanVerdict.Unreachable"/> with the reason.</summary>
    public async Task<ScanAnswer> StateAsync(CancellationToken cancel)
    {
        if (!IsSet)
            return new(ScanVerdict.NotSet);
        var (said, fault) = await AskAsync("zVERSION\0", null, cancel);
        return said?.StartsWith("ClamAV", StringComparison.Ordinal) == true ? new(ScanVerdict.Clean, said) : new(ScanVerdict.Unreachable, said ?? fault);
    }

    /// <summary>Of a file's content.</summary>
    public async Task<ScanAnswer> ScanAsync(string path, CancellationToken cancel)
    {
        if (!IsSet)
            return new(ScanVerdict.NotSet);
        await using var file = File.OpenRead(path);
        var (said, fault) = await AskAsync("zINSTREAM\0", file, cancel);
        return said is null ? new(ScanVerdict.Unreachable, fault) : Verdict(said);
    }

    // What it said; or null, and why.
    private async Task<(string? Said, string Fault)> AskAsync(string command, Stream? content, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            limit.CancelAfter(ConnectPatience);
            using var socket = await ConnectAsync(limit.Token);
            await using var wire = new NetworkStream(socket);
            limit.CancelAfter(patience);
            await wire.WriteAsync(Encoding.ASCII.GetBytes(command), limit.Token);
            if (content is not null)
                await SendAsync(content, wire, () => limit.CancelAfter(patience), limit.Token);
            return (await AnswerAsync(wire, limit.Token), "");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, "timeout");
        }
        catch (Exception fault) when (fault is SocketException or IOException or FormatException or ArgumentException)
        {
            return (null, fault.Message);
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancel)
    {
        var target = address!.Trim();
        var file = target.StartsWith("unix:", StringComparison.Ordinal) ? target["unix:".Length..] : target.StartsWith('/') ? target : null;
        var socket = file is not null ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (file is not null)
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(file), cancel);
                return socket;
            }
            var colon = target.LastIndexOf(':');
            var port = colon < 0 ? DefaultPort : int.Parse(target[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
            await socket.ConnectAsync((colon < 0 ? target : target[..colon]).Trim('[', ']'), port, cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A scanner that has had enough says so and closes: what it said is still to be read.
    private static async Task SendAsync(Stream content, NetworkStream wire, Action goesOn, CancellationToken cancel)
    {
        var buffer = new byte[sizeof(int) + Chunk];
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(sizeof(int), Chunk), cancel)) > 0)
            {
                BinaryPrimitives.WriteInt32BigEndian(buffer, read);
                await wire.WriteAsync(buffer.AsMemory(0, sizeof(int) + read), cancel);
                goesOn();
            }
            BinaryPrimitives.WriteInt32BigEndian(buffer, 0);
            await wire.WriteAsync(buffer.AsMemory(0, sizeof(int)), cancel);
        }
        catch (IOException)
        {
        }
    }

    private static async Task<string> AnswerAsync(NetworkStream wire, CancellationToken cancel)
    {
        var answer = new byte[AnswerCap];
        var length = 0;
        try
        {
            int read;
            while (length < answer.Length && !answer.AsSpan(0, length).Contains((byte)0) && (read = await wire.ReadAsync(answer.AsMemory(length), cancel)) > 0)
                length += read;
        }
        catch (IOException) when (length > 0)
        {
            // It closes on what it has not read, and the end of the line comes as a fault.
        }
        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\0', '\n', ' ');
    }

    private static ScanAnswer Verdict(string answer)
    {
        const string From = "stream: ", Found = " FOUND";
        return answer == From + "OK" ? new(ScanVerdict.Clean)
            : answer.StartsWith(From, StringComparison.Ordinal) && answer.EndsWith(Found, StringComparison.Ordinal) ? new(ScanVerdict.Found, answer[From.Length..^Found.Length])
            : answer.Contains("size limit exceeded", StringComparison.Ordinal) ? new(ScanVerdict.TooLarge)
            : new(ScanVerdict.Unreachable, answer.Length == 0 ? "no answer" : answer);
    }
}
