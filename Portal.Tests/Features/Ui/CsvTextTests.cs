using System.Text;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Features.Ui;

/// <summary>What a cell of an export becomes, whatever separator its reader uses.</summary>
public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\u00A0=1+1", "'\u00A0=1+1")]
    [InlineData("\u200B=1+1", "'\u200B=1+1")]
    [InlineData("\uFF1D1\uFF0B1", "'\uFF1D1\uFF0B1")]
    [InlineData("\uFF201", "'\uFF201")]
    [InlineData("\"=1", "\"'\"\"=1\"")]
    [InlineData("'=1", "''=1")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0")]
    [InlineData("a; \"@b", "\"a;' \"\"@b\"")]
    [InlineData("a\n=1", "\"a\n'=1\"")]
    [InlineData("a\t+b", "a\t'+b")]
    [InlineData("a;b;-c", "a;b;'-c")]
    // Nothing to run: words, numbers, and a sign in the middle.
    [InlineData("-1.5", "-1.5")]
    [InlineData("+0,03", "+0,03")]
    [InlineData("-1.5e-3", "-1.5e-3")]
    [InlineData("1;-2.5", "1;-2.5")]
    [InlineData("<0,0005", "<0,0005")]
    [InlineData("Kq = 0,9; Kf = 1", "Kq = 0,9; Kf = 1")]
    [InlineData("a@b.vn", "a@b.vn")]
    [InlineData("N-NH4", "N-NH4")]
    [InlineData("-", "-")]
    public void Row_Text_RunsNowhere(string text, string cell) =>
        Assert.Equal($"\uFEFFx,{(cell.Contains(',', StringComparison.Ordinal) && !cell.StartsWith('"') ? $"\"{cell}\"" : cell)}\r\n", Encoding.UTF8.GetString(new CsvText().Row("x", text).ToBytes()));

    [Theory]
    [InlineData("=1", "\"'=1\"")]
    [InlineData("\"a\"\"b;@c\"", "\"a\"\"b;'@c\"")]
    [InlineData("\"a, b\"", "\"a, b\"")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("2026-01-05", "2026-01-05")]
    [InlineData("", "")]
    [InlineData("\"\"", "\"\"")]
    public void PlainCell_OfTheDatabase_RunsNowhere(string cell, string plain) => Assert.Equal(plain, CsvText.PlainCell(cell));

    [Fact]
    public void Row_NumbersAndDays_StayWhatTheyAre() =>
        Assert.Equal("\uFEFF-1.5,-3,2026-01-05,\r\n", Encoding.UTF8.GetString(new CsvText().Row(-1.5m, -3, new DateOnly(2026, 1, 5), null).ToBytes()));

    // A comma of a remark becomes a semicolon.
    [Fact]
    public void Remark_WithAFormulaInIt_RunsNowhere() =>
        Assert.Equal("\uFEFF# a;' =1\r\n", Encoding.UTF8.GetString(new CsvText().Remark("a, =1").ToBytes()));
}
