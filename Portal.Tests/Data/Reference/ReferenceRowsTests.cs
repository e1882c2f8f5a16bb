using System.Globalization;
using CsvHelper;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data.Reference;

/// <summary>The collected figures of <c>../shared/reference</c> against the seed, row by row and both ways; what differs is explained in
/// <c>Cases/standards-exceptions.csv</c>.</summary>
public sealed class ReferenceRowsTests
{
    private static readonly ReferenceData Seed = ReferenceFiles.Load(SeedCopy.Original);
    private static readonly Dictionary<string, string> Averagings = new() { ["annual arithmetic mean per site; rivers: at least 6 samplings/year"] = "annual" };

    // Where the collected files name a place at such length that our columns do not bear it.
    private static readonly Dictionary<string, string> Places = new()
    {
        ["Bảng 1 (ven bờ 0-6 hải lý; bảo vệ môi trường sống dưới nước)"] = "Bảng 1",
        ["Bảng 2 (ven bờ; bảo vệ sức khoẻ con người và hệ sinh thái biển)"] = "Bảng 2",
        ["Bảng 3 (gần bờ 6-24 hải lý)"] = "Bảng 3",
        ["Bảng 1 ven bờ (0-3 hải lý) / nuôi trồng thủy sản, bảo tồn thủy sinh"] = "aquaculture",
        ["Bảng 1 ven bờ / bãi tắm, thể thao dưới nước"] = "bathing",
        ["Bảng 1 ven bờ / các nơi khác"] = "other",
        ["Bảng 1 (xây dựng): Khu vực đặc biệt"] = "construction-special",
        ["Bảng 1 (xây dựng): Khu vực thông thường"] = "construction-ordinary",
        ["Bảng 2 (sản xuất, thương mại, dịch vụ): Khu vực đặc biệt"] = "production-special",
        ["Bảng 2 (sản xuất, thương mại, dịch vụ): Khu vực thông thường"] = "production-ordinary",
    };

    // After "Cột A; " in QCVN 19:2024.
    private static readonly Dictionary<string, string> Sources = new()
    {
        ["tuabin khí/động cơ > 1200 MW; 15 % O2"] = "turbine-gt1200",
        ["tuabin khí/động cơ 300-1200 MW; 15 % O2"] = "turbine-300-1200",
        ["tuabin khí/động cơ ≤ 300 MW; 15 % O2"] = "turbine-le300",
        ["lò hơi < 20 t hơi/h"] = "boiler-lt20",
        ["lò hơi ≥ 20 t hơi/h"] = "boiler-ge20",
    };

    [Theory]
    [InlineData("water/qcvn_limits.csv", 529)]
    [InlineData("air/qcvn_limits.csv", 366)]
    [InlineData("found-2026-11/air_qcvn05_2023_limits.csv", 67)]
    public void Limits_Collected_AreInTheSeed(string file, int count)
    {
        var rows = Rows(file);
        Assert.Equal(count, rows.Count);
        Assert.Empty(rows.Where(row => !IsException(file, CodeOf(row), PlaceOf(row), row["parameter"]) && !Withdrawn().Contains(KeyOf(row)) && Found(row).Count == 0).Select(Told));
    }

    // 15 annual values and toluene of 30 minutes were carried over from QCVN 06:2009: the table of 2023 has no cell for them.
    [Fact]
    public void Limits_FoundToBeNoneOfTheText_AreNotInTheSeed()
    {
        var rows = Rows("found-2026-11/air_qcvn05_2023_rows_to_withdraw.csv");

        Assert.Equal(16, rows.Count);
        Assert.All(rows, row => Assert.Empty(Found(row)));
    }

    [Fact]
    public void Limits_FoundAgain_AreAsSureAsTheFileSays() => Assert.All(Rows("found-2026-11/air_qcvn05_2023_limits.csv"),
        row => Assert.Equal(StandardCodes.FindConfidence(row["confidence"]), Assert.Single(Found(row)).Origin.Confidence));

    [Fact]
    public void Limits_OfTheSeed_AreAllCollected()
    {
        var known = new[] { "water/qcvn_limits.csv", "air/qcvn_limits.csv", "found-2026-11/air_qcvn05_2023_limits.csv" }.SelectMany(Rows).SelectMany(Found).ToHashSet();

        // Classes in words are written out from one row.
        Assert.Empty(Seed.Standards.Limits.Where(limit => !known.Contains(limit) && limit.Value.Kind != LimitKind.ClassText)
            .Select(limit => $"{limit.Place} {limit.Parameter.Code} {limit.Averaging} {limit.Value.Lower} {limit.Value.Upper}"));
    }

    [Fact]
    public void Exceptions_Listed_AreRowsOfTheirFiles() => Assert.DoesNotContain(Exceptions(), exception => !Rows(exception.File).Any(
        row => exception.File.EndsWith("qcvn_limits.csv", StringComparison.Ordinal)
            ? (CodeOf(row), PlaceOf(row), row["parameter"]) == (exception.Code, exception.Place, exception.Parameter)
            : (row["applies_to"], row["coefficient"]) == (exception.Place, exception.Parameter)));

    [Fact]
    public void Coefficients_OfQcvn40_AreInTheSeed()
    {
        const string file = "water/qcvn40_2011_coefficients.csv";
        var table = Seed.Standards.Find("QCVN 40:2011/BTNMT")!.Coefficients;
        var rows = Rows(file).Where(row => !IsException(file, "QCVN 40:2011/BTNMT", row["applies_to"], row["coefficient"])).ToList();

        Assert.Equal(
            rows.Select(row => (row["coefficient"], row["variable"], row["unit"], Number(row["gt"]), Number(row["le"]), Number(row["value"]))),
            table.Select(step => (step.Coefficient, step.Variable, step.Unit?.Code ?? "", step.Range.Lower, step.Range.Upper, (decimal?)step.Value)));
    }

    [Theory]
    [InlineData("QCVN 19:2009")]
    [InlineData("QCVN 22:2009")]
    [InlineData("QCVN 23:2009")]
    public void Coefficients_OfEmissions_AreInTheSeed(string code)
    {
        var rows = Rows("air/qcvn_coefficients.csv").Where(row => row["code"] == code).ToList();
        var table = Seed.Standards.Named(code)!.Coefficients;

        Assert.Equal(8, rows.Count);
        Assert.Equal(rows.Select(row => (row["coefficient"], Number(row["value"]))), table.Select(step => (step.Coefficient, (decimal?)step.Value)));
        // "20 000 < P ≤ 100 000 m3/h": the numbers of the condition are the ends of the step.
        foreach (var (row, step) in rows.Zip(table).Where(pair => pair.First["coefficient"] == "Kp"))
            Assert.All(new[] { step.Range.Lower, step.Range.Upper }.OfType<decimal>(),
                end => Assert.Contains(end.ToString("0.#", CultureInfo.InvariantCulture), row["condition"].Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void Coefficients_OfQcvn14_AreInTheSeed()
    {
        var rows = Rows("water/qcvn14_2008_K.csv");
        var table = Seed.Standards.Find("QCVN 14:2008/BTNMT")!.Coefficients;

        Assert.Equal(2 * rows.Count, table.Count);
        Assert.Equal(rows.Count, table.Count(step => step.Value == Number(rows[0]["K_below"])));
        // Of hotels the number stands in words: "50 rooms or 3 stars". "10,000 m2" is 10000.
        Assert.Equal(rows.Skip(1).Select(row => Number(row["threshold"].Split(' ')[0].Replace(",", "", StringComparison.Ordinal))),
            table.Where(step => step.Range.LowerBelongs).Select(step => step.Range.Lower));
    }

    // The same place, averaging and figures, in whatever unit, on the days that the row gives.
    private static List<Limit> Found(Row row)
    {
        var standard = Seed.Standards.Named(CodeOf(row));
        if (standard is null || row["limit_type"] is "unknown" || row["parameter"] is "(all)")
            return [];
        var place = PlaceOf(row);
        var part = StandardPart.Find(standard, Ours(place));
        var medium = part?.Columns[0].Medium ?? standard.Papers.Media[0];
        var parameter = Seed.Parameters.Find(row["parameter"], medium);
        var unit = Seed.Units.Find(row["unit"]);
        if (part is null || parameter is null || unit is null)
            return [];
        var averaging = StandardPart.FindAveraging(Averagings.GetValueOrDefault(AveragingOf(row), AveragingOf(row))) ?? Averaging.Single;
        var (lower, upper) = (Number(row["min"]) * unit.FactorTo(parameter.Unit), Upper(row) * unit.FactorTo(parameter.Unit));
        // Chemical works have columns of their own, which repeat what is common.
        return standard.Limits.Where(limit => part.Columns.Any(column => limit.Place.Column == column.Code || limit.Place.Column == $"{column.Code}-chemical")
            && (part.Table is null || limit.Place.Table == part.Table)
            && limit.Parameter == parameter && limit.Averaging == averaging
            && Kind(row["limit_type"]) == limit.Value.Kind && (limit.Canonical.Lower, limit.Canonical.Upper) == (lower, upper)
            && (Day(row["effective_from"]) is not { } from || limit.Valid.From == from)
            && (Day(row["effective_to"]) is not { } to || limit.Valid.To == to)).ToList();
    }

    private static string Ours(string place) => place.Split("; ", 2) is [['C', 'ộ', 't', ' ', var zone], var source] && Sources.TryGetValue(source, out var kind)
        ? $"{zone}-{kind}"
        : Places.GetValueOrDefault(place, place);

    private static string CodeOf(Row row) => row["code"].Contains('/', StringComparison.Ordinal) ? row["code"] : $"{row["code"]}:{row["version"]}";

    private static string PlaceOf(Row row) => row.Has("table_column") ? row["table_column"] : row["table_or_column"];

    private static string AveragingOf(Row row) => row.Has("averaging") ? row["averaging"] : row["averaging_period"];

    private static LimitKind? Kind(string word) => word switch
    {
        "background" => LimitKind.ClassText,
        "not_detected" => LimitKind.Max,
        _ => StandardCodes.FindLimitKind(word),
    };

    // What must not be detected is a maximum of zero.
    private static decimal? Upper(Row row) => row["limit_type"] == "not_detected" ? 0 : Number(row["max"]);

    private static HashSet<object> Withdrawn() => [.. Rows("found-2026-11/air_qcvn05_2023_rows_to_withdraw.csv").Select(KeyOf)];

    private static object KeyOf(Row row) => (CodeOf(row), PlaceOf(row), row["parameter"], AveragingOf(row));

    private static string Told(Row row) => $"{CodeOf(row)} | {PlaceOf(row)} | {row["parameter"]} | {row["min"]}..{row["max"]} {row["unit"]} {AveragingOf(row)}";

    private static bool IsException(string file, string code, string place, string parameter) =>
        Exceptions().Any(exception => exception == (file, code, place, parameter));

    private static List<(string File, string Code, string Place, string Parameter)> Exceptions() =>
        Read(Path.Combine(Repository.Root, "Portal.Tests", "Cases", "standards-exceptions.csv"))
            .Select(row => (row["file"], row["code"], row["place"], row["parameter"])).ToList();

    private static List<Row> Rows(string file)
    {
        Assert.SkipWhen(Repository.Shared is null, "The collected figures are no part of the project.");
        return Read(Path.Combine(Repository.Shared!, "reference", file));
    }

    private static List<Row> Read(string path)
    {
        using var csv = CsvReader.FromText(File.ReadAllText(path).TrimStart('\uFEFF'), new CsvReaderOptions { MalformedData = CsvMalformedDataHandling.Throw });
        var rows = new List<Row>();
        while (csv.Read())
            rows.Add(new(csv.Headers.ToDictionary(header => header, header => csv.GetString(header).Trim())));
        return rows;
    }

    private static decimal? Number(string text) =>
        text.Length == 0 ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // Where the collected file has a day; "2009 (exact day not found)" is none.
    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private sealed class Row(Dictionary<string, string> cells)
    {
        public string this[string column] => cells[column];

        public bool Has(string column) => cells.ContainsKey(column);
    }
}
