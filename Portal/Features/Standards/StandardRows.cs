using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>Reads the parts that several queries of standards share.</summary>
internal static class StandardRows
{
    /// <summary>The columns that <see cref="Papers"/> reads.</summary>
    public const string PapersColumns =
        """
        s.code, s.title_vi, s.title_en, s.issuer, s.instrument, s.valid, s.dates_confidence, s.supersedes, s.superseded_by, s.transition_vi, s.transition_en,
        s.source, coalesce(s.transcribed_by, ''), s.checked_by, s.open_questions_vi, s.open_questions_en, s.index_kind, s.media, s.legacy_until, s.legacy_facilities_before
        """;

    /// <summary>How many columns that are.</summary>
    public const int PapersWidth = 20;

    public static StandardPapers Papers(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
        DateIntervalConverter.ToInterval(row.GetFieldValue<NpgsqlRange<DateOnly>>(5)), Confident(row, 6), Text(row, 7), Text(row, 8),
        Text(row, 9) is { } transition ? new Wording(transition, Text(row, 10) ?? transition) : null,
        row.GetString(11), row.GetString(12), Text(row, 13),
        row.GetFieldValue<string[]>(14).Zip(row.GetFieldValue<string[]>(15), (vi, en) => new Wording(vi, en)).ToList())
    {
        Index = Text(row, 16),
        Media = row.GetFieldValue<string[]>(17),
        Legacy = row.IsDBNull(18) ? null : new(row.GetFieldValue<DateOnly>(18), row.GetFieldValue<DateOnly>(19), row.GetString(8)),
    };

    /// <summary>Five columns: code, quantity, factor and both names.</summary>
    public static Unit Unit(NpgsqlDataReader row, int at) =>
        new(row.GetString(at), row.GetString(at + 1), row.GetDecimal(at + 2), row.GetString(at + 3), row.GetString(at + 4));

    /// <summary>Four columns: clause, confidence, source and note.</summary>
    public static LimitOrigin Origin(NpgsqlDataReader row, int at) => new(row.GetString(at), Confident(row, at + 1), row.GetString(at + 2), row.GetString(at + 3));

    /// <summary>Two columns: lower and upper, and the kind before them.</summary>
    public static LimitValue Value(NpgsqlDataReader row, int at, Unit unit) =>
        new(StandardCodes.FindLimitKind(row.GetString(at))!.Value, Number(row, at + 1), Number(row, at + 2), unit);

    public static Confidence Confident(NpgsqlDataReader row, int at) => StandardCodes.FindConfidence(row.GetString(at))!.Value;

    public static decimal? Number(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetDecimal(at);

    public static string? Text(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}
