using System.Globalization;
using Microsoft.Extensions.Localization;
using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Of a submission the results that its reader sees, and nothing else of it: what others than its owner take in place of the file. The policies pick the rows.</summary>
internal static class SubmissionExtract
{
    private const int RowCap = 200_000;

    /// <summary>A name for the file, and the CSV; null where the submission is not there or not theirs.</summary>
    public static async Task<(string Name, byte[] Csv)?> WriteAsync(NpgsqlConnection connection, int submission, DateOnly today, IStringLocalizer<IntakeTexts> texts, CancellationToken cancel)
    {
        if (await connection.ScalarAsync<string>("SELECT file_name FROM submission WHERE id = $1", cancel, submission) is not { } file)
            return null;
        // Điều 7.2b: whoever uses the data names the software.
        var csv = new CsvText().Remark(texts["Extract.Citation", Figures.Day(today)]).Remark(texts["Extract.Of", submission, file]);
        var vietnamese = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName != "en";
        var rows = await connection.ListAsync(Sql, Cells, cancel, submission, vietnamese, RowCap + 1);
        if (rows.Count > RowCap)
            csv.Remark(texts["Extract.Capped", Figures.Count(RowCap)]);
        csv.Row("file", "sheet", "row", "column", "site", "site_name", "medium", "data_group", "campaign", "period_start", "period_end", "precision", "parameter", "fraction", "reported",
            "unit", "verdict");
        foreach (var row in rows.Take(RowCap))
            csv.Row(row.Prepend(file));
        return ($"{Path.GetFileNameWithoutExtension(file)} - {texts["Extract.FileName"]}.csv", csv.ToBytes());
    }

    private static object?[] Cells(NpgsqlDataReader row)
    {
        var cells = new object[row.FieldCount];
        row.GetValues(cells);
        return [.. cells.Select(cell => cell is DBNull ? null : cell is DateTime day ? DateOnly.FromDateTime(day) : cell)];
    }

    private const string Sql =
        """
        SELECT r.sheet, r.row_number, r.column_letter, s.code, CASE WHEN $2 OR s.name_en = '' THEN s.name_vi ELSE s.name_en END, r.medium, r.data_group, c.code,
            r.period_start, r.period_end, sample.precision, r.parameter, r.fraction, r.reported, r.unit, f.verdict
        FROM result r
        JOIN sample ON sample.id = r.sample_id
        JOIN site s ON s.id = r.site_id
        JOIN campaign c ON c.id = r.campaign_id
        LEFT JOIN finding f ON f.result_id = r.id AND f.period_start = r.period_start AND f.view = 'today' AND f.ordinal = 0
        WHERE r.submission_id = $1 AND r.withdrawn IS NULL ORDER BY r.id LIMIT $3
        """;
}
