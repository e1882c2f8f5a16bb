using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Whose accounts somebody sees. Accounts lie behind the system login, which no policy holds back: every query asks here first.</summary>
internal static class AccountReach
{
    /// <summary>The organisation to which a reader is held; null for the Centre and the Department, who see all.</summary>
    public static async Task<string?> OfAsync(NpgsqlConnection system, Domain.Access.Access reader, CancellationToken cancel) =>
        reader.May(Capability.ManageAccounts) || await IsDepartmentAsync(system, reader, cancel) ? null : reader.OrganisationCode;

    /// <summary>Whether somebody decides for the Department: the capability alone is any state body's that sees the province.</summary>
    public static async Task<bool> IsDepartmentAsync(NpgsqlConnection system, Domain.Access.Access reader, CancellationToken cancel) =>
        reader.May(Capability.ApproveAccounts)
        && await system.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM organisation WHERE code = $1 AND kind = 'department')", cancel, reader.OrganisationCode);
}
