using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Tests.Domain.Standards;

public sealed class AveragingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("30min")]
    [InlineData("1h")]
    [InlineData("8h")]
    [InlineData("24h")]
    [InlineData("annual")]
    [InlineData("06-21")]
    [InlineData("18-06")]
    public void Find_Word_ComesBack(string code) => Assert.Equal(code, Averaging.Find(code)!.Value.Code);

    [Theory]
    [InlineData("2h")]
    [InlineData("06-36")]
    [InlineData("06-06")]
    [InlineData("24-06")]
    [InlineData("6-21")]
    public void Find_OtherWord_IsNone(string code) => Assert.Null(Averaging.Find(code));

    // "từ 6 giờ đến 21 giờ", "từ 21 giờ đến 6 giờ": the hour that ends the one begins the other.
    [Theory]
    [InlineData("06-21", "06:00", true)]
    [InlineData("06-21", "20:59", true)]
    [InlineData("06-21", "21:00", false)]
    [InlineData("21-06", "21:00", true)]
    [InlineData("21-06", "00:00", true)]
    [InlineData("21-06", "05:59", true)]
    [InlineData("21-06", "06:00", false)]
    [InlineData("24h", "12:00", true)]
    public void Holds_Time_IsInItsHours(string code, string time, bool holds) =>
        Assert.Equal(holds, Averaging.Find(code)!.Value.Holds(TimeOnly.ParseExact(time, "HH:mm", System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Single_IsTheDefault() => Assert.Equal(Averaging.Find(""), default(Averaging));

    [Theory]
    [InlineData("24 h", "24h")]
    [InlineData("24 giờ", "24h")]
    [InlineData("Trung bình 1 giờ", "1h")]
    [InlineData("năm", "annual")]
    [InlineData("year", "annual")]
    [InlineData("30 phút", "30min")]
    [InlineData("06:00-21:00", "06-21")]
    public void FindAveraging_WhatAPersonWrites_IsUnderstood(string written, string code) =>
        Assert.Equal(code, StandardPart.FindAveraging(written)!.Value.Code);

    [Theory]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("2 h")]
    public void FindAveraging_AnythingElse_IsNone(string written) => Assert.Null(StandardPart.FindAveraging(written));
}
