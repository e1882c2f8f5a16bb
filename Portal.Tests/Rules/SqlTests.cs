using System.Text.RegularExpressions;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Rules;

/// <summary>SQL is never built from what somebody typed: values travel as parameters. Where a statement is put together at all, it is of our
/// own constants, and the file is named here.</summary>
public sealed partial class SqlTests
{
    private static readonly Dictionary<string, string[]> Constants = new()
    {
        // Names of our own roles and databases, quoted; the server takes no parameters there.
        ["Portal.Data/Cluster/BootstrapSql.cs"] = ["_database", "role.RoleName()", "role.Attributes()", "Quote(group)", "name", "Rights(role)", "ScramVerifier.Of(logins.Password(role))"],
        // Tables and columns of the loader.
        ["Portal.Data/Reference/ReferenceSql.cs"] = ["string", "column", "Rows", "table", "sameKey", "same", "list", "Of(\"r\")", "Of(\"t\")", "(dated ? \" AND t.valid && r.valid\" : \"\")"],
        ["Portal/Features/Intake/IntakeData.cs"] = ["OrganisationName", "ProblemView.Columns", "Table(submission)", "NearSql", "number", "order", "outcome", "precision"],
        ["Portal/Features/Intake/IntakeDownloads.cs"] = ["ProblemView.Columns"],
        ["Portal.Data/Intake/StoreResults.cs"] = ["Staging.SameKey"],
        ["Portal.Data/Intake/WithdrawResults.cs"] = ["Staging.SameKey"],
        ["Portal/Commands/Import.cs"] = ["ProblemView.Columns"],
        ["Portal/Features/Audit/AuditData.cs"] = ["Where", "order"],
        // Which campaigns are open, told once for results and for what went before them.
        ["Portal.Data/Assessment/AssessmentReader.cs"] = ["Open"],
        ["Portal/Features/Map/SeriesQuery.cs"] = ["MostPoints"],
    };

    [Fact]
    public void Statements_OfThePortal_AreNotPutTogetherFromValues()
    {
        var found = new List<string>();
        foreach (var file in SourceFiles.Of("Portal", ".cs", ".razor").Concat(SourceFiles.Of("Portal.Data", ".cs")))
        {
            var allowed = Constants.GetValueOrDefault(file.Name, []);
            found.AddRange(Interpolated().Matches(file.Text).Select(match => match.Value).Where(text => Statement().IsMatch(text))
                .SelectMany(text => Hole().Matches(text)).Select(hole => hole.Groups[1].Value)
                .Where(hole => !allowed.Any(constant => hole.StartsWith(constant, StringComparison.Ordinal))).Select(hole => $"{file.Name}: {hole}"));
            found.AddRange(Concatenated().Matches(file.Text).Select(match => $"{file.Name}: {match.Value}"));
        }
        Assert.Empty(found);
    }

    [Fact]
    public void Constants_EachFileNamed_StillNeedsIt() =>
        Assert.All(Constants.Keys, name => Assert.Matches(Interpolated(), File.ReadAllText(Path.Combine(Repository.Root, name))));

    [Fact]
    public void Markup_Raw_IsNowhere() =>
        Assert.Empty(SourceFiles.Of("Portal", ".cs", ".razor", ".js").Where(file => Markup().IsMatch(file.Text)).Select(file => file.Name));

    [GeneratedRegex("\\$\"\"\"[\\s\\S]*?\"\"\"|\\$\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex Interpolated();

    [GeneratedRegex(@"\b(SELECT|INSERT INTO|UPDATE \w|DELETE FROM|CREATE (ROLE|TABLE|DATABASE)|ALTER (ROLE|TABLE|DATABASE)|GRANT|REVOKE|COPY|TRUNCATE)\b")]
    private static partial Regex Statement();

    [GeneratedRegex(@"(?<!\{)\{([^{}]+)\}")]
    private static partial Regex Hole();

    // "SELECT … " + something that is no other constant: a lower-case name.
    [GeneratedRegex("\"\\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\\b[^\"]*\"\\s*\\+\\s*[a-z_]\\w*")]
    private static partial Regex Concatenated();

    [GeneratedRegex(@"\bMarkupString\b|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write\b|\beval\(|new Function\(")]
    private static partial Regex Markup();
}
