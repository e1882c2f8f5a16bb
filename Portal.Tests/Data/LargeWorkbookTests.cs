using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

public sealed class LargeWorkbookTests : IDisposable
{
    private readonly TempFolder directory = new();

    public void Dispose() => directory.Dispose();

    /// <summary>Ten thousand rows, all taken; time and memory of the full size are the benchmark's.</summary>
    [Fact]
    public void Check_ManyRows_StreamsThem()
    {
        var (path, sites) = ManyRows(10_000);
        var file = FileReader.Open(path);
        var layout = LayoutFiles.Recognise(file, CheckedFile.Layouts)!;
        var check = new RowCheck(layout, SeedBooks.Books, sites.Find, CheckedFile.Today, file.Problems);
        Assert.Equal(290_000, check.Check(file.Rows(layout.SkipHiddenSheets)).Count());
        Assert.Equal((10_000, 290_000), (check.Summary.Samples, check.Summary.Taken));
    }

    private (string Path, KnownSites Sites) ManyRows(int count)
    {
        var layout = CheckedFile.LayoutOf("agency-sea-wide");
        object?[] values = [.. layout.Parameters.Select((_, column) => column % 3 == 0 ? (object?)"<0,02" : 0.0123 + column)];
        var rows = Enumerable.Range(0, count).Select(row => (object?[])[null, $"T{row / 40}", $"Quý {row % 4 + 1} {2010 + row % 40 / 4}", .. values]);
        var path = new AgencySheet()
            .Sheet("Nhiều", [[], ["Vị trí quan trắc", "KHM", "Quý", .. layout.Parameters.Select(parameter => parameter.Header)], [null], .. rows])
            .Write(System.IO.Path.Combine(directory.Path, "large.xlsx"));
        return (path, new(Enumerable.Range(0, count / 40 + 1).Select(site => new KnownSite(site, $"T{site}", $"Điểm mẫu {site}", true))));
    }
}
