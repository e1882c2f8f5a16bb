using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>The book that is read from the database answers as the book of the seed does.</summary>
public sealed class LimitBookReaderTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly LimitBook OfSeed = LimitBook.Of(SeedBooks.Standards);

    [Theory]
    [InlineData("wastewater", "QCVN 40:2011/BTNMT", "A", "BOD5", "2024-01-01")]
    [InlineData("wastewater", "QCVN 40:2011/BTNMT", "A", "BOD5", "2026-01-01")]
    [InlineData("wastewater", "QCVN 14:2008/BTNMT", "B", "TSS", "2031-12-31")]
    [InlineData("emission", "QCVN 22:2009/BTNMT", "B-coal-le10", "NOx", "2024-01-01")]
    [InlineData("surface_water", "QCVN 08:2023/BTNMT", "river-B", "TSS", "2024-01-01")]
    [InlineData("air", "QCVN 05:2023/BTNMT", "all", "PM2.5", "2026-01-01")]
    [InlineData("noise", "QCVN 27:2010/BTNMT", "construction-special", "La", "2024-01-01")]
    [InlineData("noise", "QCVN 27:2010/BTNMT", "construction-special", "La", "2026-01-01")]
    public async Task Read_Book_ExplainsAsTheSeed(string medium, string standard, string column, string parameter, string day)
    {
        await using var connection = await database.OpenAsync(DatabaseRole.Province);
        var book = await LimitBookReader.ReadAsync(connection, default);
        var question = new LimitQuestion(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), medium, parameter, "")
        {
            Assigned = [new(standard, column, DateInterval.Always)],
            FacilityDate = new(2015, 6, 1),
            Coefficients = new(
                new Dictionary<string, decimal>(), new Dictionary<string, decimal> { ["Q"] = 200, ["F"] = 501, ["P"] = 1200, ["S"] = 1500 },
                new Dictionary<string, string> { ["K"] = "Chợ", ["Kv"] = "Loại 4: nông thôn" }),
        };
        var (read, expected) = (book.Explain(question), OfSeed.Explain(question));

        // The order of the standards is the database's own.
        Assert.Equal(Told(expected), Told(read));
        Assert.Equal(expected.Found.Limits.Select(Figures), read.Found.Limits.Select(Figures));
        Assert.Equal(expected.Found.Reason, read.Found.Reason);
    }

    private static IEnumerable<string> Told(LimitAnswer answer) =>
        answer.Steps.Select(step => string.Join(' ', [step.Code.ToString(), .. step.Facts])).Order(StringComparer.Ordinal);

    private static object Figures(LimitRow row) => (row.Standard, row.Column, row.Averaging, row.Bounds, row.Samplings, string.Join(' ', row.Coefficients));
}
