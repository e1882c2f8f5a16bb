using QuanTrac.Portal.Data.Files;

namespace QuanTrac.Portal.Files;

/// <summary>A way by which a person's file comes in: what it takes.</summary>
/// <param name="Cap">Bytes of a file at most.</param>
public sealed record FileDoor(long Cap, params IReadOnlyList<FileKind> Kinds)
{
    /// <summary>The endings that a browser offers first, with their dot; what is taken the content decides.</summary>
    public IReadOnlyList<string> Endings => [.. Kinds.SelectMany(kind => kind switch
    {
        FileKind.Text => new[] { ".csv", ".txt" },
        FileKind.GeoJson => [".geojson", ".json"],
        FileKind.Jpeg => [".jpg", ".jpeg"],
        _ => ["." + FileContent.EndingOf(kind)],
    }).Distinct()];
}

/// <summary>A file that was taken: its row is still to be written, in the transaction of what names it.</summary>
/// <param name="Name">As its sender named it, fit to be shown.</param>
public sealed record TakenFile(string Sha256, long Bytes, string Name);
