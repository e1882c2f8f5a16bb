using QuanTrac.Portal.Features.Organisations;

namespace QuanTrac.Portal.Tests.Features.Organisations;

/// <summary>What a folded line hides.</summary>
public sealed class TreeFoldTests
{
    // A over B over C; A over D; E by itself.
    private static readonly IReadOnlyList<TreeLine> Lines = [Line("A", 0), Line("B", 1), Line("C", 2), Line("D", 1), Line("E", 0)];

    [Theory]
    [InlineData("", "A+ B+ C D E")]
    [InlineData("A", "A+ E")]
    [InlineData("B", "A+ B+ D E")]
    [InlineData("A B", "A+ E")]
    [InlineData("C E gone", "A+ B+ C D E")]
    public void Folded_HidesAllUnderItAndNothingElse(string folded, string shown) => Assert.Equal(shown, string.Join(' ',
        TreeFold.Of(Lines, folded.Split(' ').ToHashSet()).Select(one => one.Line.Code + (one.HasChildren ? "+" : ""))));

    [Fact]
    public void Tree_OfNothing_ShowsNothing() => Assert.Empty(TreeFold.Of([], new HashSet<string> { "A" }));

    private static TreeLine Line(string code, int level) => new(code, code, "facility", level, [code], false, false, 0, "", 0, null, "high", "");
}
