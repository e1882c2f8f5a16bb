using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>Reads the tables of the indices.</summary>
public static class IndexBookReader
{
    public static async Task<IndexBook> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var steps = await connection.ListAsync(
            """
            SELECT s.standard, s.scale, s.index_group, s.lower, s.lower_included, s.upper, s.upper_included, s.index_lower, s.index_upper,
                u.code, u.quantity, u.factor, u.name_vi, u.name_en, s.clause, s.confidence, s.source, s.note
            FROM index_step s JOIN unit u ON u.code = s.unit ORDER BY s.standard, s.scale, s.ordinal
            """,
            row => (Standard: row.GetString(0), Scale: row.GetString(1), Group: row.GetString(2),
                Segment: new IndexSegment(Number(row, 3), row.GetBoolean(4), Number(row, 5), row.GetBoolean(6), row.GetDecimal(7), row.GetDecimal(8)),
                Unit: new Unit(row.GetString(9), row.GetString(10), row.GetDecimal(11), row.GetString(12), row.GetString(13)), Origin: Origin(row, 14)), cancel);
        var bands = await connection.ListAsync(
            "SELECT standard, code, lowest, highest, name_vi, name_en, colour, meaning_vi, meaning_en, confidence FROM index_band ORDER BY code",
            row => (Standard: row.GetString(0), Band: new IndexBand(row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), row.GetString(5),
                row.GetString(6), new(row.GetString(7), row.GetString(8)), Confident(row, 9))), cancel);
        var constants = await connection.ListAsync(
            "SELECT standard, code, value, clause, confidence, source, note FROM index_constant",
            row => (Standard: row.GetString(0), Constant: new IndexConstant(row.GetString(1), row.GetDecimal(2), Origin(row, 3))), cancel);
        var papers = await connection.ListAsync(
            """
            SELECT code, title_vi, title_en, issuer, instrument, valid, dates_confidence, supersedes, superseded_by, transition_vi, transition_en, source,
                coalesce(transcribed_by, ''), checked_by, open_questions_vi, open_questions_en, index_kind
            FROM standard WHERE index_kind IS NOT NULL
            """, Papers, cancel);
        return new(papers.Select(paper => new IndexTable(
            paper.Index!, paper,
            steps.Where(step => step.Standard == paper.Code).GroupBy(step => step.Scale).Select(scale => new IndexScale(
                scale.Key, scale.First().Group, scale.First().Unit, scale.Select(step => step.Segment).ToList(), scale.First().Origin)),
            bands.Where(band => band.Standard == paper.Code).Select(band => band.Band).ToList(),
            constants.Where(constant => constant.Standard == paper.Code).Select(constant => constant.Constant))));
    }

    private static StandardPapers Papers(NpgsqlDataReader row)
    {
        string? Text(int at) => row.IsDBNull(at) ? null : row.GetString(at);
        var transition = Text(9) is { } vi ? new Wording(vi, Text(10) ?? vi) : null;
        return new(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
            DateIntervalConverter.ToInterval(row.GetFieldValue<NpgsqlRange<DateOnly>>(5)), Confident(row, 6), Text(7), Text(8), transition, row.GetString(11),
            row.GetString(12), Text(13), row.GetFieldValue<string[]>(14).Zip(row.GetFieldValue<string[]>(15), (question, english) => new Wording(question, english)).ToList())
        { Index = row.GetString(16) };
    }

    private static LimitOrigin Origin(NpgsqlDataReader row, int at) => new(row.GetString(at), Confident(row, at + 1), row.GetString(at + 2), row.GetString(at + 3));

    private static Confidence Confident(NpgsqlDataReader row, int at) => StandardCodes.FindConfidence(row.GetString(at))!.Value;

    private static decimal? Number(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetDecimal(at);
}
