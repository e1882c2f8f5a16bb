using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Standards;

/// <summary>What people write for a standard and its parts, over the real seed.</summary>
public sealed class StandardPartTests
{
    [Theory]
    [InlineData("QCVN 40:2011", "QCVN 40:2011/BTNMT")]
    [InlineData("qcvn40:2011/btnmt", "QCVN 40:2011/BTNMT")]
    [InlineData("QCVN 10-MT:2015", "QCVN 10-MT:2015/BTNMT")]
    [InlineData("QCVN 10:2015", "QCVN 10-MT:2015/BTNMT")]
    [InlineData("QCVN 26:2025", "QCVN 26:2025/BNNMT")]
    [InlineData("QCVN 02-19:2014", "QCVN 02-19:2014/BNNPTNT")]
    public void Named_WhatPeopleWrite_IsTheStandard(string written, string code) => Assert.Equal(code, SeedBooks.Standards.Named(written)?.Code);

    [Theory]
    [InlineData("QCVN 40")]
    [InlineData("QCVN 41:2011")]
    [InlineData("")]
    public void Named_AnythingElse_IsNone(string written) => Assert.Null(SeedBooks.Standards.Named(written));

    [Theory]
    [InlineData("QCVN 40:2011", "A", "A", "")]
    [InlineData("QCVN 40:2011", "cột b", "B", "")]
    [InlineData("QCVN 40:2011", "Column A", "A", "")]
    [InlineData("QCVN 40:2011", "Cột A: xả vào nguồn nước dùng cho cấp nước sinh hoạt", "A", "")]
    [InlineData("QCVN 10:2023", "0-6", "0-6", "")]
    [InlineData("QCVN 10:2023", ">24", ">24", "")]
    [InlineData("QCVN 10:2023", "Bảng 2", "0-6", "Bảng 2")]
    [InlineData("QCVN 10:2023", "table 3", "6-24", "Bảng 3")]
    [InlineData("QCVN 10-MT:2015", "bai tam", "bathing", "")]
    [InlineData("QCVN 08:2023", "river-B", "river-B", "")]
    [InlineData("QCVN 08:2023", "B", "river-B lake-B", "")]
    [InlineData("QCVN 08:2023", "Bảng 3, mức C", "lake-C", "Bảng 3")]
    [InlineData("QCVN 26:2010", "đặc biệt", "special", "")]
    [InlineData("QCVN 26:2010", "Bảng 1: Khu vực thông thường", "ordinary", "Bảng 1")]
    [InlineData("QCVN 23:2009", "B1", "B1", "")]
    [InlineData("QCVN 22:2009", "Cột A, nhiên liệu than", "A-coal-gt10 A-coal-le10", "")]
    [InlineData("QCVN 03:2023", "Loại 2", "type-2", "")]
    public void Find_WhatPeopleWrite_IsThePart(string standard, string name, string columns, string table)
    {
        var part = StandardPart.Find(SeedBooks.Standards.Named(standard)!, name)!;

        Assert.Equal(columns, string.Join(' ', part.Columns.Select(column => column.Code)));
        Assert.Equal(table, part.Table ?? "");
        Assert.Null(part.Averaging);
    }

    [Fact]
    public void Find_Averaging_IsThatOfAllColumns() =>
        Assert.Equal("24h", StandardPart.Find(SeedBooks.Standards.Named("QCVN 05:2023")!, "24 giờ")!.Averaging!.Value.Code);

    [Theory]
    [InlineData("QCVN 40:2011", "C")]
    [InlineData("QCVN 40:2011", "24 h")]
    [InlineData("QCVN 40:2011", "Bảng 2")]
    [InlineData("QCVN 40:2011", "")]
    [InlineData("QCVN 40:2011", "Cột A, cột B")]
    [InlineData("QCVN 40:2025", "A")]
    public void Find_NameThatNothingBears_IsNone(string standard, string name) =>
        Assert.Null(StandardPart.Find(SeedBooks.Standards.Named(standard)!, name));
}
