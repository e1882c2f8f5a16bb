using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>How the limit of one result was found, from what the access sees.</summary>
public sealed class LimitReasoning(NpgsqlConnection connection, DateOnly today)
{
    /// <param name="view">today or day: the limit of today, or of the first day of the sample's period.</param>
    /// <returns>Null where the result is not there.</returns>
    public async Task<Explanation?> OfAsync(long result, string view, CancellationToken cancel)
    {
        var found = (await connection.ListAsync(
            "SELECT site_id, medium, parameter, fraction, period_start FROM result WHERE id = $1",
            row => (Site: row.GetInt32(0), Medium: row.GetString(1), Parameter: row.GetString(2), Fraction: row.GetString(3), Day: row.GetFieldValue<DateOnly>(4)),
            cancel, result)).FirstOrDefault();
        if (found.Medium is null)
            return null;
        var book = await LimitBookReader.ReadAsync(connection, cancel);
        var day = view == "today" ? today : found.Day;
        return LimitExplanation.Of(book.Explain(book.QuestionOf(day, found.Site, found.Medium, found.Parameter, found.Fraction)));
    }
}
