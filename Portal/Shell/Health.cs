using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Migrations;

namespace QuanTrac.Portal.Shell;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can work, with what is missing where it cannot.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What /readyz says: "ok", or what is wrong, without addresses and passwords.</summary>
    /// <param name="Database">The database answers.</param>
    /// <param name="Migrations">The schema is this program's.</param>
    /// <param name="ReferenceData">Parameters and standards are loaded.</param>
    /// <param name="Disk">"full" where the reserve is reached. The node stays ready: all nodes share the disk, and everything but sending files goes on.</param>
    public sealed record Readiness(string Database, string Migrations, string ReferenceData, string Disk = "ok")
    {
        /// <summary>Whether it can serve people.</summary>
        public bool IsReady() => Database == Ok && Migrations == Ok && ReferenceData == Ok;
    }

    private const string Ok = "ok";

    /// <summary>Adds both addresses; neither asks who you are.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text(Ok)).AllowAnonymous().WithMetadata(new NeedsNoDatabase());
        routes.MapGet("/readyz", async (PortalSettings settings, DiskReserve reserve, CancellationToken cancel) =>
        {
            var found = (await CheckAsync(settings.Logins, PortalHome.Migrations, cancel)) with { Disk = reserve.IsReached() ? "full" : Ok };
            return Results.Json(found, statusCode: found.IsReady() ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous().WithMetadata(new NeedsNoDatabase());
    }

    /// <summary>Asks the database, in five seconds at most.</summary>
    public static async Task<Readiness> CheckAsync(DatabaseLogins logins, string migrations, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            var pending = await new Migrator(migrations).PendingAsync(logins.ConnectionString(DatabaseRole.System), limit.Token);
            return pending.Count > 0
                ? new Readiness(Ok, $"pending: {string.Join(", ", pending)}", "unknown")
                : new Readiness(Ok, Ok, await ReferenceAsync(logins, limit.Token));
        }
        catch (SetupException e)
        {
            return new Readiness(Ok, e.Message, "unknown");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return new Readiness("unreachable", "unknown", "unknown");
        }
    }

    private static async Task<string> ReferenceAsync(DatabaseLogins logins, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(logins.ConnectionString(DatabaseRole.Province));
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM parameter) AND EXISTS (SELECT FROM standard)", connection);
        try
        {
            return await command.ExecuteScalarAsync(cancel) is true ? Ok : "missing";
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return "missing";
        }
    }
}
