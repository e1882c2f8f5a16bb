namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Folds a tree that is told line by line, each parent before its children.</summary>
public static class TreeFold
{
    /// <summary>The lines that no folded one hides, each with whether something stands under it.</summary>
    public static IEnumerable<(TreeLine Line, bool HasChildren)> Of(IReadOnlyList<TreeLine> lines, IReadOnlySet<string> folded)
    {
        int? hiddenBelow = null;
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            if (line.Level > hiddenBelow)
                continue;
            var hasChildren = at + 1 < lines.Count && lines[at + 1].Level > line.Level;
            hiddenBelow = hasChildren && folded.Contains(line.Code) ? line.Level : null;
            yield return (line, hasChildren);
        }
    }
}
