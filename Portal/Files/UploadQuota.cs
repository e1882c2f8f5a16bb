using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Files;

/// <summary>What may come in on a day.</summary>
/// <param name="Holder">Whose: organisation, province, guest.</param>
/// <param name="FreeFrom">The day on which it begins anew.</param>
public sealed record QuotaRule(string Holder, int Files, int Megabytes, DateOnly FreeFrom);

/// <summary>The quota of each organisation and day (of guests: of each account), counted in the database for all nodes. Booked while a file comes in, so that many at once come to no more.</summary>
public sealed class UploadQuota(PortalDatabase database, TimeProvider clock)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Begins to book a file.</summary>
    /// <exception cref="FileRefusedException"><see cref="FileRefusal.Quota"/></exception>
    public async Task<Booking> BookAsync(Domain.Access.Access by, CancellationToken cancel)
    {
        var holder = by.Role == Role.Guest ? "guest" : by.Login == Login.Province ? "province" : "organisation";
        var today = PortalDay.Of(clock);
        await using var system = await database.OpenSystemAsync(cancel);
        var rules = (await system.ListAsync("SELECT code, value FROM upload_rule", row => (row.GetString(0), row.GetInt32(1)), cancel)).ToDictionary();
        var booking = new Booking(
            database, by.OrganisationId, holder == "guest" ? by.AccountId ?? 0 : 0, today, new(holder, rules[$"{holder}_files_a_day"], rules[$"{holder}_mb_a_day"], today.AddDays(1)));
        await booking.AddAsync(system, 1, 0, cancel);
        return booking;
    }

    /// <summary>What was booked for one file.</summary>
    public sealed class Booking(PortalDatabase database, int organisation, int account, DateOnly day, QuotaRule rule)
    {
        private long booked;

        /// <summary>Books more of it.</summary>
        /// <exception cref="FileRefusedException"><see cref="FileRefusal.Quota"/></exception>
        public async Task GrowAsync(long bytes, CancellationToken cancel)
        {
            await using var system = await database.OpenSystemAsync(cancel);
            await AddAsync(system, 0, bytes, cancel);
            booked += bytes;
        }

        /// <summary>Gives back what was booked and not used; of a file that was not taken, all.</summary>
        public async Task SettleAsync(long? bytes)
        {
            await using var system = await database.OpenSystemAsync();
            await system.ExecuteAsync(
                "UPDATE upload_day SET files = greatest(files - $4, 0), bytes = greatest(bytes - $5, 0) WHERE organisation_id = $1 AND account_id = $2 AND day = $3",
                CancellationToken.None, organisation, account, day, bytes is null ? 1 : 0, booked - (bytes ?? 0));
        }

        internal async Task AddAsync(NpgsqlConnection system, int files, long bytes, CancellationToken cancel)
        {
            if (await system.ExecuteAsync(
                """
                INSERT INTO upload_day AS u (organisation_id, account_id, day, files, bytes) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (organisation_id, account_id, day) DO UPDATE SET files = u.files + $4, bytes = u.bytes + $5 WHERE u.files + $4 <= $6 AND u.bytes + $5 <= $7
                """, cancel, organisation, account, day, files, bytes, rule.Files, rule.Megabytes * Megabyte) == 0)
                throw new FileRefusedException(FileRefusal.Quota) { Quota = rule };
        }
    }
}
