using System.Globalization;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void Read_WordsAndOptions_KeepsEach()
    {
        var line = CommandLine.Read(["import", "--as", "admin", "file.xlsx", "--layout=sea", "--accept"], ["accept"], ["as", "layout"]);
        Assert.Equal("import", line.Verb);
        Assert.Equal(["file.xlsx"], line.Arguments);
        Assert.Equal("admin", line.Option("as"));
        Assert.Equal("sea", line.Option("layout"));
        Assert.True(line.Has("accept"));
        Assert.False(line.Has("dry-run"));
    }

    [Theory]
    [InlineData(UsageFault.OptionUnknown, "--other")]
    [InlineData(UsageFault.OptionLacksValue, "--as")]
    [InlineData(UsageFault.OptionLacksValue, "--as", "--accept")]
    [InlineData(UsageFault.OptionTakesNoValue, "--accept=yes")]
    public void Read_WrongOption_SaysWhich(UsageFault fault, params string[] words) =>
        Assert.Equal(fault, Assert.Throws<UsageException>(() => CommandLine.Read(words, ["accept"], ["as"])).Fault);

    [Theory]
    [InlineData(0, "help")]
    [InlineData(64)]
    [InlineData(64, "fly")]
    [InlineData(64, "migrate", "extra")]
    [InlineData(64, "serve", "--port", "70000")]
    public async Task Run_Words_GiveTheExitCode(int code, params string[] words)
    {
        using var output = new StringWriter();
        Assert.Equal(code, await Verbs.RunAsync(words, new CommandTexts(CultureInfo.GetCultureInfo("vi")), output, output));
        Assert.NotEqual("", output.ToString());
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void Texts_EveryCodeAndVerb_HasASentence(string language)
    {
        var texts = new CommandTexts(CultureInfo.GetCultureInfo(language));
        var keys = Enum.GetNames<SetupFault>().Select(name => $"SetupFault.{name}")
            .Concat(Enum.GetNames<UsageFault>().Select(name => $"UsageFault.{name}"))
            .Concat(Enum.GetNames<AssessFault>().Select(name => $"AssessFault.{name}"))
            .Concat(Enum.GetNames<AuditBreakKind>().Select(name => $"AuditBreakKind.{name}"))
            .Concat(Verbs.All.Select(verb => $"Help.{verb.Name}"));
        Assert.DoesNotContain(keys, key => texts[key, "", "", ""] == key);
        Assert.All(Enum.GetValues<BackupFault>(), fault => Assert.DoesNotContain("BackupFault", BackupSentence.Of(fault, ["", "", ""], texts.Language), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "accepted", 5, 5, 0, 1)]
    [InlineData(0, "accepted", 5, 5, 0, 0)]
    [InlineData(0, "accepted", 5, 0, 5, 0)]
    [InlineData(0, "submitted", 5, 0, 0, 0)]
    [InlineData(1, "draft", 0, 0, 0, 0)]
    public void Import_Outcome_GivesTheExitCode(int code, string state, int results, int added, int present, int refused) =>
        Assert.Equal(code, Import.ExitCode(ImportSummary.Of(1, state, new CheckOutcome([], 5, 1, 1, results, results - present, present, refused, 0, 0, 0, false), added, [])));

    [Fact]
    public void Texts_TwoLanguages_Differ() =>
        Assert.NotEqual(
            new CommandTexts(CultureInfo.GetCultureInfo("vi"))["Stopped"],
            new CommandTexts(CultureInfo.GetCultureInfo("en"))["Stopped"]);
}
