using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Keeps a file that a change will name: the scan of its document, a template filled in, a file of boundaries.</summary>
public sealed class KeepFile(PortalDatabase database, TakeFile take)
{
    /// <summary>Highest number of bytes.</summary>
    public const long Cap = 50L * 1024 * 1024;

    /// <summary>What a scan may be.</summary>
    public static readonly FileDoor Scans = new(Cap, FileKind.Pdf, FileKind.Png, FileKind.Jpeg, FileKind.Doc, FileKind.Docx);

    /// <summary>What a template may be.</summary>
    public static readonly FileDoor Templates = new(Cap, FileKind.Text, FileKind.Xlsx);

    /// <summary>What boundaries may be.</summary>
    public static readonly FileDoor Boundaries = new(Cap, FileKind.GeoJson, FileKind.Shapefile);

    /// <summary>Any of them.</summary>
    public static readonly FileDoor Door = new(Cap, [.. Scans.Kinds, .. Templates.Kinds, .. Boundaries.Kinds]);

    /// <param name="door">What it is kept for; any of the three if not told.</param>
    /// <exception cref="FileRefusedException">With the reason; nothing is stored.</exception>
    /// <exception cref="FileTooLargeException">The file is over the cap; nothing is stored.</exception>
    public async Task<Scan> RunAsync(Domain.Access.Access access, Stream content, string fileName, CancellationToken cancel, FileDoor? door = null)
    {
        access.Demand(Capability.ManageOrganisations);
        var file = await take.RunAsync(access, door ?? Door, fileName, content, cancel);
        await using var db = await database.OpenAsync(access, cancel);
        await file.WriteAsync(db.Connection, access, cancel);
        return new(file.Sha256, file.Name);
    }
}
