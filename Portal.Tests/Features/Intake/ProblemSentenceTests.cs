using System.Globalization;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Tests.Features.Intake;

public sealed class ProblemSentenceTests
{
    // Of every problem; the facts of a code come with its documentation in ProblemCode.
    private static readonly string[] Always = ["sheet", "row", "column", "header", "value", "own", "count"];

    private static readonly Dictionary<ProblemCode, string[]> Facts = new()
    {
        [ProblemCode.NotAWorkbook] = ["found"],
        [ProblemCode.ZipBomb] = ["rule", "limit", "found"],
        [ProblemCode.FileTooLarge] = ["limit", "found"],
        [ProblemCode.FileBroken] = ["detail"],
        [ProblemCode.WrongEncoding] = ["encoding", "position"],
        [ProblemCode.TooManyColumns] = ["limit"],
        [ProblemCode.TooManyFormulas] = ["limit"],
        [ProblemCode.RowBeyondSheet] = ["limit", "found"],
        [ProblemCode.ColumnBeyondSheet] = ["limit", "found"],
        [ProblemCode.CellsOutOfOrder] = ["found"],
        [ProblemCode.CellTooLong] = ["limit"],
        [ProblemCode.SheetTooWide] = ["rows", "columns", "limit"],
        [ProblemCode.CheckTooLong] = ["limit"],
        [ProblemCode.CheckTooLarge] = ["limit"],
        [ProblemCode.TooManyMarkedCells] = ["limit"],
        [ProblemCode.CountsDiffer] = ["seen", "taken", "refused", "leftout"],
        [ProblemCode.DecimalCommaSeparates] = ["found", "expected"],
        [ProblemCode.WrongHeader] = ["layout", "expected", "found"],
        [ProblemCode.HeaderTwice] = ["first"],
        [ProblemCode.AmbiguousLayout] = ["layouts"],
        [ProblemCode.SiteMissing] = ["site", "refused"],
        [ProblemCode.UnknownSite] = ["site", "refused"],
        [ProblemCode.SiteOfAnotherOrganisation] = ["site", "refused"],
        [ProblemCode.SiteInNoProgramme] = ["site", "group", "medium"],
        [ProblemCode.PeriodUnreadable] = ["refused"],
        [ProblemCode.PeriodInFuture] = ["today", "refused"],
        [ProblemCode.UnknownMedium] = ["refused"],
        [ProblemCode.UnknownDataGroup] = ["refused"],
        [ProblemCode.DepthUnreadable] = ["refused"],
        [ProblemCode.ReplicateUnreadable] = ["refused"],
        [ProblemCode.SampleContradicts] = ["row", "field", "first", "refused"],
        [ProblemCode.TideUnknown] = ["refused"],
        [ProblemCode.FieldsMore] = ["found", "expected"],
        [ProblemCode.UnderUnknownHeader] = ["row", "refused"],
        [ProblemCode.SignBesideValue] = ["refused"],
        [ProblemCode.ErrorCell] = ["error"],
        [ProblemCode.ShowsOther] = ["holds"],
        [ProblemCode.QualifierUnknown] = ["sign"],
        [ProblemCode.ParameterOfOtherMedium] = ["parameter", "medium", "unit", "expected"],
        [ProblemCode.FieldsFewer] = ["found", "expected"],
        [ProblemCode.Implausible] = ["parameter", "unit", "lower", "upper"],
        [ProblemCode.UnitsRowDiffers] = ["parameter", "unit", "expected"],
        [ProblemCode.UnitInTitle] = ["unit", "expected"],
        [ProblemCode.HiddenSheetSkipped] = ["cells"],
        [ProblemCode.UnknownUnit] = ["parameter", "unit", "expected"],
        [ProblemCode.UnitDoesNotFit] = ["parameter", "unit", "expected"],
        [ProblemCode.AmbiguousSeparator] = ["mark"],
        [ProblemCode.NegativeValue] = ["parameter", "unit"],
        [ProblemCode.ValueDiffersFromStored] = ["stored", "site", "parameter"],
        [ProblemCode.DuplicateDiffers] = ["parameter", "sheet", "row", "column", "value"],
        [ProblemCode.LimitDiffers] = ["parameter", "unit", "sheet", "loaded"],
        [ProblemCode.LimitOnOneSideOnly] = ["parameter", "unit", "sheet", "loaded"],
        [ProblemCode.LimitsCompared] = ["standard", "compared", "different"],
        [ProblemCode.OtherDecimalMark] = ["mark"],
        [ProblemCode.DuplicateSame] = ["parameter", "sheet", "row", "column", "value"],
        [ProblemCode.SiteNameDiffers] = ["site", "registered"],
        [ProblemCode.ColumnAbsent] = ["expected"],
    };

    public static TheoryData<string> Languages => ["vi", "en"];

    [Theory, MemberData(nameof(Languages))]
    public void Texts_EveryProblemCode_HasTitleSentenceAndRemedyOfKnownFacts(string language)
    {
        var text = ProblemTexts.In(CultureInfo.GetCultureInfo(language));
        Assert.All(Enum.GetValues<ProblemCode>(), code =>
        {
            string[] known = [.. Always, .. Facts.GetValueOrDefault(code, [])];
            foreach (var part in new[] { "Title", "Problem", "Remedy" })
            {
                var found = text($"{part}.{code}");
                Assert.False(string.IsNullOrWhiteSpace(found), $"{part}.{code} has no text in {language}.");
                Assert.Subset(known.ToHashSet(), ProblemSentence.Placeholders(found!).ToHashSet());
            }
        });
    }

    [Fact]
    public void Texts_TheTwoLanguages_UseTheSamePlaceholders()
    {
        var (vi, en) = (ProblemTexts.In(CultureInfo.GetCultureInfo("vi")), ProblemTexts.In(CultureInfo.GetCultureInfo("en")));
        foreach (var key in Enum.GetNames<ProblemCode>().SelectMany(code => new[] { $"Title.{code}", $"Problem.{code}", $"Remedy.{code}" }))
        {
            Assert.NotEqual(vi(key), en(key));
            Assert.Equal(ProblemSentence.Placeholders(vi(key)!).Distinct().Order(), ProblemSentence.Placeholders(en(key)!).Distinct().Order());
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Texts_EverySubmissionProblem_HasASentence(string language)
    {
        var resources = new System.Resources.ResourceManager(typeof(IntakeTexts));
        Assert.All(Enum.GetNames<SubmissionProblemCode>(), code =>
            Assert.False(string.IsNullOrWhiteSpace(resources.GetString($"SubmissionProblem.{code}", CultureInfo.GetCultureInfo(language))), code));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Texts_EveryReasonToLeaveACellOut_HasOne(string language)
    {
        var resources = new System.Resources.ResourceManager(typeof(IntakeTexts));
        Assert.All(Enum.GetNames<LeftOut>(), reason =>
            Assert.False(string.IsNullOrWhiteSpace(resources.GetString($"LeftOut.{reason}", CultureInfo.GetCultureInfo(language))), reason));
    }

    [Fact]
    public void Sentence_RefusedCell_NamesItsValueAndPlace()
    {
        var text = ProblemTexts.In(CultureInfo.GetCultureInfo("vi"));
        var problem = ProblemView.Of(new Problem(ProblemCode.NotANumber, "năm 2021", 42, 20, "Fe", "ước "));
        Assert.Equal("Không phải số", ProblemSentence.Title(text, problem));
        Assert.Equal("năm 2021, dòng 42, cột U (Fe)", ProblemSentence.Place(text, problem));
        Assert.Equal("Ô ghi “ước”, không đọc được thành số.", ProblemSentence.Sentence(text, problem));
    }

    [Fact]
    public void Sentence_FactsNamedAsAPlace_GoBeforeThePlace()
    {
        var text = ProblemTexts.In(CultureInfo.GetCultureInfo("en"));
        var problem = ProblemView.Of(new Problem(ProblemCode.DuplicateDiffers, "2022", 9, 5, "DO", "7,1", new Dictionary<string, string>
        {
            ["parameter"] = "DO", ["sheet"] = "2022", ["row"] = "5", ["column"] = "F", ["value"] = "6.9 mg/L",
        }));
        Assert.Equal("The cell reads “7,1”, the cell F5 of the same sample and parameter 6.9 mg/L; both are refused.", ProblemSentence.Sentence(text, problem));
    }

    [Theory]
    [InlineData(ProblemCode.ExternalLinks, "count", "3", "points to other files (3)")]
    [InlineData(ProblemCode.NotAWorkbook, "found", "PDF", "The content is PDF,")]
    [InlineData(ProblemCode.NotAWorkbook, "found", "ZIP", "The content is a ZIP archive,")]
    [InlineData(ProblemCode.FileTooLarge, "limit", "104857600", "the limit is 100 MB")]
    public void Sentence_Facts_AreInWords(ProblemCode code, string fact, string value, string expected)
    {
        var problem = ProblemView.Of(new Problem(code, Facts: new Dictionary<string, string> { [fact] = value }));
        Assert.Contains(expected, ProblemSentence.Sentence(ProblemTexts.In(CultureInfo.GetCultureInfo("en")), problem), StringComparison.Ordinal);
    }
}
