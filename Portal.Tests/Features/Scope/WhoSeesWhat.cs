using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Scope;

/// <summary>A line of <c>Cases/who-sees.csv</c>: what a role sees or may do with something of its own, of a child … of nobody.</summary>
/// <param name="Kind">table, page, endpoint, job or verb.</param>
/// <param name="Cells">By <see cref="EveryRelation.Relations"/>. Of a table: yes, no, some, or empty where it has no such row. Of a page: yes, no, or refused; empty
/// where it shows nothing of one organisation. Of an endpoint: the status. Of a job or verb: yes or refused.</param>
public sealed record WhoSeesWhat(string Kind, string Name, string Role, IReadOnlyList<string> Cells)
{
    public static IReadOnlyList<WhoSeesWhat> All { get; } = [.. File.ReadAllLines(Path.Combine(Repository.Root, "Portal.Tests", "Cases", "who-sees.csv")).Skip(1)
        .Select(line => line.Split(',')).Select(cells => new WhoSeesWhat(cells[0], cells[1], cells[2], cells[3..]))];

    /// <summary>The names of a kind, each once.</summary>
    public static IEnumerable<string> Names(string kind) => All.Where(line => line.Kind == kind).Select(line => line.Name).Distinct();

    /// <summary>As the file writes it, with what was found in place of what is expected.</summary>
    public string With(IEnumerable<string> found) => $"{Kind},{Name},{Role},{string.Join(',', found)}";

    public override string ToString() => With(Cells);

    /// <summary>Every line of something against what was found, all differences at once.</summary>
    public static void AssertAre(string kind, string name, IEnumerable<(string Role, IEnumerable<string> Cells)> found) =>
        Assert.Equal(string.Join('\n', All.Where(line => line.Kind == kind && line.Name == name)), string.Join('\n', found.Select(role => new WhoSeesWhat(kind, name, role.Role, [.. role.Cells]))));
}
