using System.Text.Json;
using System.Text.RegularExpressions;
using CsvHelper;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Rules;

/// <summary>What the reference data say of their sources is read by officials: which text, which page, by whom not yet compared. No address, no path, no word of programmers.</summary>
public sealed partial class SeedWordsTests
{
    private static readonly string Root = Path.Combine(Repository.Root, "seed");
    private static readonly HashSet<string> Columns = ["source", "note", "reason", "open_mark", "open_mark_vi", "open_mark_en", "name_vi", "name_en", "document"];

    [Fact]
    public void Csv_ShownFields_AreInWordsThatOfficialsTrust()
    {
        var found = new List<string>();
        var read = 0;
        foreach (var path in Directory.EnumerateFiles(Root, "*.csv", SearchOption.AllDirectories))
        {
            using var csv = CsvReader.FromText(File.ReadAllText(path), new CsvReaderOptions { MalformedData = CsvMalformedDataHandling.Throw });
            var shown = csv.Headers.Where(Columns.Contains).ToList();
            while (shown.Count > 0 && csv.Read())
            {
                read++;
                found.AddRange(shown.Select(column => csv.GetString(column)).Where(text => Unfit().IsMatch(text)).Select(text => $"{Path.GetRelativePath(Root, path)}: {text}"));
            }
        }
        Assert.InRange(read, 1500, int.MaxValue);
        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void Papers_AllTheirWords_AreInWordsThatOfficialsTrust()
    {
        var papers = Directory.EnumerateFiles(Path.Combine(Root, "standards"), "standard.json", SearchOption.AllDirectories).ToList();

        Assert.InRange(papers.Count, 28, int.MaxValue);
        Assert.Empty(papers.SelectMany(path => Texts(JsonDocument.Parse(File.ReadAllText(path)).RootElement).Where(text => Unfit().IsMatch(text)).Select(text => $"{Path.GetRelativePath(Root, path)}: {text}")));
    }

    [Theory]
    [InlineData("https://luatmoitruong.vn/qcvn", true)]
    [InlineData("github:someone/something data.json", true)]
    [InlineData("bản phiên âm công khai", true)]
    [InlineData("một kho công khai", true)]
    [InlineData("thu muc/tep.json", true)]
    [InlineData("@7a91cfb", true)]
    [InlineData("trang luatmoitruong.vn; Sở chưa đối chiếu với văn bản đăng Công báo", false)]
    [InlineData("Thông tư 01/2023/TT-BTNMT, Điều 3", false)]
    public void Unfit_Words_AreRecognised(string text, bool unfit) => Assert.Equal(unfit, Unfit().IsMatch(text));

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    [GeneratedRegex(@"://|github|gitlab|\braw\.|\bcommit\b|phiên âm|repositor|kho công khai|\.(json|csv|md|tex|ts|html|aspx)\b|@[0-9a-f]{7}|%20", RegexOptions.IgnoreCase)]
    private static partial Regex Unfit();
}
