using System.IO.Compression;
using System.Text;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>Files of which nothing may be taken, and why.</summary>
public sealed class FileFaultTests : IDisposable
{
    private readonly TempFolder directory = new();

    public void Dispose() => directory.Dispose();

    private string At(string name) => Path.Combine(directory.Path, name);

    [Theory]
    [InlineData("%PDF-1.7\n%âãÏÓ\n1 0 obj", "PDF")]
    [InlineData("<html><table><tr><td>KHM</td></tr></table></html>", "HTML/XML")]
    [InlineData("KHM\0Quý", "binary")]
    public void Open_WhatIsNoWorkbook_IsRefusedByWhatItIs(string content, string found) =>
        Assert.Equal(found, Blocker(directory.Write("renamed.xlsx", content), ProblemCode.NotAWorkbook).Facts["found"]);

    [Fact]
    public void Open_EmptyFile_IsRefused() => Blocker(directory.Write("empty.xlsx", ""), ProblemCode.FileEmpty);

    [Fact]
    public void Open_WorkbookWithEmptySheets_IsRefused() =>
        Blocker(new AgencySheet().Sheet("Sheet1").Sheet("Sheet2", [], []).Write(At("empty.xlsx")), ProblemCode.FileEmpty);

    [Fact]
    public void Open_FileOverTheCap_IsRefusedUnread()
    {
        using (var file = File.Create(At("large.csv")))
            file.SetLength(200L * 1024 * 1024);
        Assert.Equal("104857600", Blocker(At("large.csv"), ProblemCode.FileTooLarge).Facts["limit"]);
    }

    [Fact]
    public void Open_WrongHeader_SaysWhatWasExpectedAndFound()
    {
        var problem = Blocker(new AgencySheet().Sheet("Năm 2022", [], ["Vị trí quan trắc", "Mã trạm", "Quý", "Amoni"]).Write(At("wrong.xlsx")), ProblemCode.WrongHeader);
        Assert.Equal(("agency-sea-wide", "KHM", "Vị trí quan trắc, Mã trạm, Quý, Amoni"), (problem.Facts["layout"], problem.Facts["expected"], problem.Facts["found"]));
    }

    [Fact]
    public void Open_Macros_AreRefused() => Blocker(AgencySheet.WithEveryOddity().Write(At("macro.xlsx"), macros: true), ProblemCode.MacroWorkbook);

    [Fact]
    public void Open_ExternalLink_IsAWarning()
    {
        var file = CheckedFile.Of(AgencySheet.WithEveryOddity().Write(At("linked.xlsx"), externalLink: true));
        Assert.Equal(Severity.Warning, file.Only(ProblemCode.ExternalLinks).Severity);
        Assert.Equal(50, file.Cells.Count);
    }

    [Theory]
    [InlineData(true, ProblemCode.EncryptedWorkbook)]
    [InlineData(false, ProblemCode.OldWorkbook)]
    public void Open_CompoundFile_IsEncryptedOrOld(bool encrypted, ProblemCode expected)
    {
        byte[] content = [0xD0, 0xCF, 0x11, 0xE0, .. new byte[70_000], .. encrypted ? Encoding.Unicode.GetBytes("EncryptedPackage") : []];
        Blocker(WriteBytes("book.xlsx", content), expected);
    }

    [Fact]
    public void Open_ZipBomb_IsRefusedBeforeItExpands()
    {
        using (var zip = ZipFile.Open(At("bomb.xlsx"), ZipArchiveMode.Create))
        {
            using var part = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var megabyte = 0; megabyte < 50; megabyte++)
                part.Write(zeros);
        }
        Assert.Equal("ratio", Blocker(At("bomb.xlsx"), ProblemCode.ZipBomb).Facts["rule"]);
    }

    [Fact]
    public void Open_ZipWithoutWorkbook_IsRefused()
    {
        using (var zip = ZipFile.Open(At("some.xlsx"), ZipArchiveMode.Create))
            zip.CreateEntry("readme.txt");
        Assert.Equal("ZIP", Blocker(At("some.xlsx"), ProblemCode.NotAWorkbook).Facts["found"]);
    }

    [Fact]
    public void Open_WorkbookCutOff_IsRefused()
    {
        var whole = File.ReadAllBytes(AgencySheet.WithEveryOddity().Write(At("whole.xlsx")));
        Blocker(WriteBytes("cut.xlsx", whole[..(whole.Length / 2)]), ProblemCode.FileBroken);
    }

    [Fact]
    public void Read_SheetThatBreaksOff_EndsWithABlocker()
    {
        var path = AgencySheet.WithEveryOddity().Write(At("broken.xlsx"));
        var file = FileReader.Open(path);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            foreach (var sheet in zip.Entries.Where(entry => entry.FullName.Contains("worksheets", StringComparison.Ordinal)).ToList())
            {
                sheet.Delete();
                using var part = new StreamWriter(zip.CreateEntry(sheet.FullName).Open());
                part.Write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row");
            }
        }
        Assert.True(file.Rows().Count() <= 1);
        Assert.Equal(ProblemCode.FileBroken, file.Problems.All.Single(problem => problem.Severity == Severity.Blocker).Code);
    }

    [Fact]
    public void Open_Utf16_IsRefusedByName() => Assert.Equal("UTF-16",
        Blocker(WriteBytes("utf16.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("station,year")]), ProblemCode.WrongEncoding).Facts["encoding"]);

    [Fact]
    public void Open_OldVietnameseEncoding_IsRefusedWithItsFirstByte()
    {
        var problem = Blocker(WriteBytes("tcvn.csv", [.. "station,"u8, 0xB9, 0xCA, 0xAD]), ProblemCode.WrongEncoding);
        Assert.Equal(("not UTF-8", "8"), (problem.Facts["encoding"], problem.Facts["position"]));
    }

    [Fact]
    public void Open_UnclosedQuote_IsRefused() =>
        Blocker(directory.Write("quote.csv", LongCsv.Header + "NB1,\"Luồng,2021,1,pH,-,7\n" + string.Concat(Enumerable.Repeat("NB1,Luồng,2021,1,DO,mg/L,7\n", 10_000))), ProblemCode.FileBroken);

    [Fact]
    public void Open_TooManyColumns_IsRefused() =>
        Blocker(directory.Write("wide.csv", LongCsv.Header + new string(',', 2_000) + "\n"), ProblemCode.TooManyColumns);

    private string WriteBytes(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    private static Problem Blocker(string path, ProblemCode code)
    {
        var file = CheckedFile.Of(path);
        Assert.Empty(file.Cells);
        var problem = file.Problems.Single(problem => problem.Severity == Severity.Blocker);
        Assert.Equal(code, problem.Code);
        return problem;
    }
}
