using QuanTrac.Portal.Data.Files;

namespace QuanTrac.Portal.Tests.Data;

public sealed class SentNameTests
{
    [Theory]
    [InlineData("báo cáo quý 1.xlsx", "báo cáo quý 1.xlsx")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\lan\\quý 1.xlsx", "quý 1.xlsx")]
    [InlineData("a\0b.csv", "ab.csv")]
    [InlineData("a\r\nb\u0007\u0085.csv", "ab.csv")]
    // "anh\u202Egnp.exe" is shown as "anhexe.png".
    [InlineData("anh\u202Egnp.exe", "anhgnp.exe")]
    [InlineData("\u2066a\u2069\u200F\u200E\u061C\u202A\u2067b.pdf", "ab.pdf")]
    [InlineData("a\u200B\u200C\u200D\u2060\uFEFF\u00AD\u180E\u3164\uFE0Fb.pdf", "ab.pdf")]
    [InlineData("a\u2028b\u2029c\u00A0\u3000d.pdf", "a b c d.pdf")]
    [InlineData("bao cao.pdf . . ", "bao cao.pdf")]
    [InlineData(" ..an.pdf", "an.pdf")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.xlsx", "_nul.xlsx")]
    [InlineData("Lpt1 .csv", "_Lpt1 .csv")]
    [InlineData("COM\u00B2.txt", "_COM\u00B2.txt")]
    [InlineData("console.csv", "console.csv")]
    [InlineData("a<b>:\"|?*.csv", "a_b______.csv")]
    [InlineData("a.pdf:stream", "a.pdf_stream")]
    [InlineData("e\u0302\u0301.csv", "\u1EBF.csv")]
    [InlineData("\uD83D.csv", "csv")]
    [InlineData("\uD83D\uDE00.csv", "\uD83D\uDE00.csv")]
    [InlineData("", "khong-ten")]
    [InlineData("...", "khong-ten")]
    [InlineData("a/", "khong-ten")]
    [InlineData("\u202E\0", "khong-ten")]
    public void Of_WhatSendersWrite_IsFitToBeShown(string sent, string shown) => Assert.Equal(shown, SentName.Of(sent));

    [Theory]
    [InlineData(199)]
    [InlineData(200)]
    [InlineData(1000)]
    public void Of_LongName_KeepsItsEndingAndWholeLetters(int pairs)
    {
        var name = SentName.Of("a" + string.Concat(Enumerable.Repeat("\uD83D\uDE00", pairs)) + ".xlsx");
        Assert.InRange(name.Length, 190, 200);
        Assert.EndsWith("\uD83D\uDE00.xlsx", name, StringComparison.Ordinal);
        Assert.Equal(name, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Of_NameWithoutAnEndingOrWithAnEndlessOne_IsCut()
    {
        Assert.Equal(200, SentName.Of(new string('a', 500)).Length);
        Assert.Equal(200, SentName.Of("a." + new string('b', 500)).Length);
        Assert.InRange(SentName.Of("a" + new string('\u0301', 5000) + "b.csv").Length, 1, 200);
    }
}
