using System.Collections.Concurrent;
using System.Security.Cryptography;
using QuanTrac.Portal.Access;

namespace QuanTrac.Portal.Files;

/// <summary>A file that was made on a circuit and is fetched over HTTP.</summary>
public sealed record ReadyFile(string Name, byte[] Content);

/// <summary>Files that wait to be fetched, each once, by whom it was made for, within two minutes.</summary>
public sealed class ReadyFiles(TimeProvider clock)
{
    // Of all accounts together: what is too much makes the oldest go, and whoever waits for it asks again.
    private const long MostBytes = 256L * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, (string Account, ReadyFile File, DateTimeOffset At)> waiting = new();

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <returns>What it is fetched by.</returns>
    public string Put(string account, ReadyFile file)
    {
        var (now, bytes) = (Now, file.Content.LongLength);
        foreach (var old in waiting.OrderByDescending(one => one.Value.At))
        {
            bytes += old.Value.File.Content.LongLength;
            if (bytes > MostBytes || now - old.Value.At > Patience)
                waiting.TryRemove(old);
        }
        var ticket = RandomNumberGenerator.GetHexString(32, lowercase: true);
        waiting[ticket] = (account, file, now);
        return ticket;
    }

    /// <summary>Null where there is none for this account any more.</summary>
    public ReadyFile? Take(string ticket, string account) =>
        waiting.TryGetValue(ticket, out var found) && found.Account == account && Now - found.At <= Patience && waiting.TryRemove(ticket, out _) ? found.File : null;

    public static void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapGet("/lists/{list}/file", (string list, string? ticket, HttpContext context, ReadyFiles ready) =>
        AccessClaims.Read(context.User) is { } access && ready.Take(ticket ?? "", access.AccountName) is { } file
            ? Results.File(file.Content, file.Name.EndsWith(".csv", StringComparison.Ordinal) ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file.Name)
            : Results.NotFound());
}
