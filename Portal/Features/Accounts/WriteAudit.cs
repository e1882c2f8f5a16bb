using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Writes an entry of the audit: append-only, in the transaction of what it tells of where there is one. The address that the person
/// came from, where it is known, is <c>from</c> of the details; no entry holds a password, a token or its hash.</summary>
public sealed class WriteAudit(PortalDatabase database)
{
    // A name of any length may be typed; what is kept is enough to recognise it.
    private const int NameCap = 100;

    /// <summary>An act of an account, in the caller's transaction.</summary>
    public static async Task AsAsync(NpgsqlConnection connection, Domain.Access.Access access, string act, string subject, object? details = null)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO audit (account_id, account_name, organisation_id, act, subject, details) VALUES ($1, $2, $3, $4, $5, $6)", connection)
        {
            Parameters =
            {
                new() { Value = (object?)access.AccountId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                new() { Value = OneLine(access.AccountName) },
                new() { Value = access.OrganisationId },
                new() { Value = act },
                new() { Value = OneLine(subject) },
                new() { Value = With(access.From, details), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>An act in a transaction of its own, as whoever acts.</summary>
    /// <param name="subject">Of an address its path alone: what follows may be a secret.</param>
    public async Task AloneAsync(string act, string subject, Domain.Access.Access access, object? details, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        await AsAsync(db.Connection, access, act, subject, details);
    }

    /// <summary>Somebody was told that something is not for them.</summary>
    public Task RefusedAsync(string address, Capability? wanted, Domain.Access.Access access, CancellationToken cancel) =>
        AloneAsync("refused", address, access, new { capability = wanted?.ToString() }, cancel);

    /// <summary>What happened at the door: who is behind the name is known where there is such an account.</summary>
    public async Task BySystemAsync(string act, string accountName, HttpContext context, int? account = null, string? organisationCode = null)
    {
        await using var connection = await database.OpenSystemAsync();
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO audit (account_id, account_name, organisation_id, act, details)
            VALUES ($1, $2, (SELECT id FROM organisation WHERE code = $3), $4, $5)
            """, connection)
        {
            Parameters =
            {
                new() { Value = (object?)account ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                new() { Value = OneLine(accountName.Length > NameCap ? accountName[..NameCap] : accountName) },
                new() { Value = (object?)organisationCode ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = act },
                new() { Value = With(context.Connection.RemoteIpAddress?.ToString(), null), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What was typed, on one line and in the order in which it is written: what would break a line or turn it round is written as its code.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(Breaks))
            return text;
        var line = new StringBuilder();
        foreach (var sign in text)
        {
            if (Breaks(sign))
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}");
            else
                line.Append(sign);
        }
        return line.ToString();
    }

    private static bool Breaks(char sign) => char.GetUnicodeCategory(sign)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format or UnicodeCategory.Surrogate;

    private static string With(string? from, object? details)
    {
        var known = JsonSerializer.SerializeToNode(details ?? new { })!.AsObject();
        if (from is not null)
            known["from"] = from;
        return known.ToJsonString();
    }
}
