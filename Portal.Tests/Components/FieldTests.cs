using Bunit;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

public sealed class FieldTests : KitContext
{
    [Theory]
    [InlineData("05/12/2026", "2026-12-05")]
    [InlineData("5/12/2026", "2026-12-05")]
    [InlineData("05122026", "2026-12-05")]
    [InlineData("2026-12-05", "2026-12-05")]
    public void Day_Typed_IsTakenWithTheDayFirst(string typed, string taken)
    {
        DateOnly? day = new(2026, 11, 15);
        var field = Render<DateField>(given => given.Add(one => one.Label, "Ngày").Bind(one => one.Value, day, now => day = now));
        field.Find("input").Change(typed);
        Assert.Equal(taken, day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("31/02/2026")]
    [InlineData("12/31/2026")]
    [InlineData("hôm nay")]
    public void Day_ThatIsNone_IsSaidAtTheField(string typed)
    {
        var field = Render<DateField>(given => given.Add(one => one.Label, "Ngày").Add(one => one.Value, new DateOnly(2026, 11, 15)));
        field.Find("input").Change(typed);
        Assert.Contains("ngày/tháng/năm", Words(field.Find(".mud-input-control")), StringComparison.Ordinal);
    }
}
