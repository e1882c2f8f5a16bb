using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Keeps a file that a change will name: the scan of its document, a template filled in, a file of boundaries.</summary>
public sealed class KeepFile(PortalDatabase database, FileStore files)
{
    /// <summary>Highest number of bytes.</summary>
    public const long Cap = 50L * 1024 * 1024;

    /// <summary>What a scan may be.</summary>
    public static readonly string[] Scans = [".pdf", ".png", ".jpg", ".jpeg", ".doc", ".docx"];

    /// <summary>What a template may be.</summary>
    public static readonly string[] Templates = [".csv", ".xlsx"];

    /// <summary>What boundaries may be.</summary>
    public static readonly string[] Boundaries = [".geojson", ".json", ".zip"];

    /// <returns>Null where the file is of no kind that is taken.</returns>
    /// <exception cref="FileTooLargeException">The file is over the cap; nothing is stored.</exception>
    public async Task<Scan?> RunAsync(Domain.Access.Access access, Stream content, string fileName, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        var name = HandInFile.Short(fileName);
        var kind = Path.GetExtension(name).ToLowerInvariant();
        if (!Scans.Contains(kind) && !Templates.Contains(kind) && !Boundaries.Contains(kind))
            return null;
        var (sha256, bytes) = await files.StoreAsync(content, Cap, cancel);
        if (bytes == 0)
            return null;
        await using var db = await database.OpenAsync(access, cancel);
        await db.Connection.ExecuteAsync(
            "INSERT INTO stored_file (sha256, bytes, name, account_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", cancel, sha256, bytes, name, access.AccountId);
        return new(sha256, name);
    }
}
