using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Features.Territories;

/// <summary>Takes a file with areas in; what is in it the page reads from there, as often as it asks for other coordinates.</summary>
public sealed class KeepAreaFile(PortalDatabase database, FileStore files)
{
    /// <exception cref="FileTooLargeException">The file is over the cap; nothing is stored.</exception>
    public async Task<AreaUploaded> RunAsync(Domain.Access.Access access, Stream content, string fileName, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        var (sha256, bytes) = await files.StoreAsync(content, AreaFile.Cap, cancel);
        var name = HandInFile.Short(fileName);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.ExecuteAsync(
            "INSERT INTO stored_file (sha256, bytes, name, account_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", cancel, sha256, bytes, name, access.AccountId);
        await WriteAudit.AsAsync(db.Connection, access, "area-file-handed-in", name, new { sha256, bytes });
        await transaction.CommitAsync(cancel);
        return new(sha256, name);
    }
}
