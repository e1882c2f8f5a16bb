using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Duties;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>The working days as the holidays of the database make them.</summary>
internal static class DutyCalendar
{
    public static async Task<WorkingDays> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var days = await connection.ListAsync(
            "SELECT day, works FROM holiday", row => (Day: row.GetFieldValue<DateOnly>(0), Works: row.GetBoolean(1)), cancel);
        return new(days.Where(day => !day.Works).Select(day => day.Day).ToHashSet(), days.Where(day => day.Works).Select(day => day.Day).ToHashSet());
    }
}
