using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Writes an entry of the audit: append-only, in the transaction of what it tells of where there is one.</summary>
public sealed class WriteAudit(PortalDatabase database)
{
    /// <summary>An act of an account, in the caller's transaction.</summary>
    public static async Task AsAsync(NpgsqlConnection connection, Domain.Access.Access access, string act, string subject, object? details = null)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO audit (account_id, account_name, organisation_id, act, subject, details) VALUES ($1, $2, $3, $4, $5, $6)", connection)
        {
            Parameters =
            {
                new() { Value = (object?)access.AccountId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                new() { Value = access.AccountName },
                new() { Value = access.OrganisationId },
                new() { Value = act },
                new() { Value = subject },
                new() { Value = JsonSerializer.Serialize(details ?? new { }), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What happened at the door, before anybody was signed in.</summary>
    public async Task BySystemAsync(string act, string accountName, HttpContext context)
    {
        await using var connection = await database.OpenSystemAsync();
        await using var command = new NpgsqlCommand("INSERT INTO audit (account_name, act, details) VALUES ($1, $2, $3)", connection)
        {
            Parameters =
            {
                // A name of any length may be typed; what is kept is enough to recognise it.
                new() { Value = accountName.Length > 100 ? accountName[..100] : accountName },
                new() { Value = act },
                new() { Value = JsonSerializer.Serialize(new { from = context.Connection.RemoteIpAddress?.ToString() }), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        await command.ExecuteNonQueryAsync();
    }
}
