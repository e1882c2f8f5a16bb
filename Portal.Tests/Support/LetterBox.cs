using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>A real mail server that keeps what it is handed.</summary>
internal sealed class LetterBox : IAsyncDisposable
{
    private readonly Process server;
    private readonly ConcurrentQueue<(string To, string Text)> letters = new();

    private LetterBox(Process server, int port) => (this.server, Server) = (server, new("127.0.0.1", port, "quantrac@example.vn", null, null, false, "http://portal"));

    public MailServer Server { get; }

    /// <summary>To whom, and the letter as it came, its words decoded.</summary>
    public IReadOnlyList<(string To, string Text)> Letters => [.. letters];

    /// <param name="refuse">How many letters it refuses first, for now.</param>
    public static async Task<LetterBox> OpenAsync(int refuse = 0)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "Portal.Tests", "Support", "letter-box.mjs"), refuse.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        var server = Process.Start(start)!;
        var port = int.Parse((await server.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var box = new LetterBox(server, port);
        _ = box.ReadAsync();
        return box;
    }

    public async ValueTask DisposeAsync()
    {
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            using var letter = JsonDocument.Parse(line);
            letters.Enqueue((letter.RootElement.GetProperty("to").GetString()!, Decoded(letter.RootElement.GetProperty("text").GetString()!)));
        }
    }

    // Words outside ASCII travel in base64.
    private static string Decoded(string letter)
    {
        var (head, body) = letter.Split("\r\n\r\n", 2) is [var top, var rest] ? (top, rest) : (letter, "");
        return head.Contains("base64", StringComparison.OrdinalIgnoreCase) ? $"{head}\n\n{Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal)))}" : letter;
    }
}
