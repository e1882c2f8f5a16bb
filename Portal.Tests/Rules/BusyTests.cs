using System.Text.RegularExpressions;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Rules;

/// <summary>A page outlives a fault of the database: a button that is disabled while it works must come back also where the work fails.</summary>
public sealed partial class BusyTests
{
    [Fact]
    public void Handlers_ThatDisableTheirButton_GiveItBackWhereTheyFail() =>
        Assert.Empty(SourceFiles.Of("Portal", ".razor").SelectMany(file => Begun().Matches(file.Text)
            .Where(begun => !Ended().IsMatch(file.Text[begun.Index..])).Select(begun => $"{file.Name}: {begun.Value.Trim()}")));

    // Only of handlers: what loads a page anew is made anew with it.
    [GeneratedRegex(@"^ +if \((busy|working)\b.*\n +return;\n +(?:\1 = true;|\(\1, .*= \(true, .*)$", RegexOptions.Multiline)]
    private static partial Regex Begun();

    // Up to the end of the method: a finally, or a catch of everything.
    [GeneratedRegex(@"\A(?:(?!^  \}$)[\s\S])*?(finally|catch \(Exception \w+\)\n)", RegexOptions.Multiline)]
    private static partial Regex Ended();
}
