namespace QuanTrac.Portal.Features.Organisations;

/// <summary>A line of the tree as it is shown.</summary>
/// <param name="Level">How far in it stands; 0 where the tree is told as a list.</param>
/// <param name="HasChildren">Whether something can be folded under it.</param>
public sealed record TreeRow(TreeLine Line, int Level, bool HasChildren);

/// <summary>Folds a tree that is told line by line, each parent before its children.</summary>
public static class TreeFold
{
    /// <summary>The lines that no folded one hides, each with whether something stands under it.</summary>
    public static IEnumerable<TreeRow> Of(IReadOnlyList<TreeLine> lines, IReadOnlySet<string> folded)
    {
        int? hiddenBelow = null;
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            if (line.Level > hiddenBelow)
                continue;
            var hasChildren = at + 1 < lines.Count && lines[at + 1].Level > line.Level;
            hiddenBelow = hasChildren && folded.Contains(line.Code) ? line.Level : null;
            yield return new(line, line.Level, hasChildren);
        }
    }

    /// <summary>The lines as a list: where they are sorted, or most parents are missing.</summary>
    public static IEnumerable<TreeRow> Flat(IReadOnlyList<TreeLine> lines) => lines.Select(line => new TreeRow(line, 0, false));
}
