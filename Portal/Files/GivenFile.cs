using QuanTrac.Portal.Data.Files;

namespace QuanTrac.Portal.Files;

/// <summary>A stored file on its way out: to be kept, never to be shown inside the portal, since its content is its sender's; under a name of ours.</summary>
public static class GivenFile
{
    /// <param name="stem">What we call it; the ending is that of its content.</param>
    /// <param name="plain">The ending of plain text.</param>
    public static IResult Of(FileStore files, string sha256, string stem, string plain = "txt")
    {
        var path = files.PathOf(sha256);
        var kind = FileContent.KindOfTaken(path);
        return Results.File(path, "application/octet-stream", $"{stem}.{(kind == FileKind.Text ? plain : FileContent.EndingOf(kind))}");
    }
}
