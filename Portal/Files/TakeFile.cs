using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Files;

/// <summary>Takes a person's file in, whatever door it comes by: within the quota and the reserve of the disk, of a kind that the door takes, and scanned, before any row names it.</summary>
public sealed class TakeFile(FileStore files, DiskReserve reserve, ClamScan scan, WriteAudit audit, RaiseNotice notices, TimeProvider clock, IServiceProvider services)
{
    // What .NET gives an IOException of ENOSPC.
    private const int DiskFull = 28;

    /// <summary>Stores it.</summary>
    /// <exception cref="FileRefusedException">With the reason; nothing is kept.</exception>
    /// <exception cref="FileTooLargeException">The file is over the cap; nothing is kept.</exception>
    public async Task<TakenFile> RunAsync(Domain.Access.Access by, FileDoor door, string sentName, Stream content, CancellationToken cancel)
    {
        var name = SentName.Of(sentName);
        var (sha256, bytes) = await WithinAsync(by, door, name, checks => files.StoreAsync(content, door.Cap, cancel, checks), cancel);
        return new(sha256, bytes, name);
    }

    /// <summary>Lets it be read and keeps nothing of it.</summary>
    public Task<T> ReadAsync<T>(Domain.Access.Access by, FileDoor door, string sentName, Stream content, Func<string, Task<T>> read, CancellationToken cancel) =>
        WithinAsync(by, door, SentName.Of(sentName), checks => files.ReadAsync(content, door.Cap, checks, read, cancel), cancel);

    private async Task<T> WithinAsync<T>(Domain.Access.Access by, FileDoor door, string name, Func<StoreChecks, Task<T>> store, CancellationToken cancel)
    {
        RequireRoom(0);
        // The web alone has a quota: who may start a verb on the server owns its disk.
        var booking = services.GetService<UploadQuota>() is { } quota ? await quota.BookAsync(by, cancel) : null;
        long? taken = null;
        async Task RoomAsync(long bytes)
        {
            RequireRoom(bytes);
            if (booking is not null)
                await booking.GrowAsync(bytes, cancel);
        }
        async Task WholeAsync(string path, long bytes)
        {
            RequireKind(FileContent.KindOf(path), door);
            await RequireCleanAsync(by, path, name, cancel);
            taken = bytes;
        }
        try
        {
            return await store(new(RoomAsync, WholeAsync));
        }
        catch (IOException fault) when (fault.HResult == DiskFull)
        {
            taken = null;
            throw new FileRefusedException(FileRefusal.DiskFull);
        }
        finally
        {
            if (booking is not null)
                await booking.SettleAsync(taken);
        }
    }

    private void RequireRoom(long bytes)
    {
        if (reserve.IsReached(bytes))
            throw new FileRefusedException(FileRefusal.Reserve);
    }

    private static void RequireKind(FileKind found, FileDoor door)
    {
        if (!door.Kinds.Contains(found))
            throw new FileRefusedException(found == FileKind.Empty ? FileRefusal.Empty : FileRefusal.Kind) { Found = found, Taken = door.Kinds };
    }

    // Where a scanner is set, what it has not seen is not taken.
    private async Task RequireCleanAsync(Domain.Access.Access by, string path, string name, CancellationToken cancel)
    {
        var answer = await scan.ScanAsync(path, cancel);
        switch (answer.Verdict)
        {
            case ScanVerdict.TooLarge:
                throw new FileRefusedException(FileRefusal.TooLargeToScan);
            case ScanVerdict.Unreachable:
                throw new FileRefusedException(FileRefusal.NotScanned);
            case ScanVerdict.Found:
                await TellAsync(by, name, answer.Words);
                throw new FileRefusedException(FileRefusal.Infected) { Signature = answer.Words };
        }
    }

    private async Task TellAsync(Domain.Access.Access by, string name, string signature)
    {
        await audit.AloneAsync("file-infected", name, by, new { signature }, CancellationToken.None);
        // Once an hour for each account and signature: somebody who tries again is one story.
        var hour = PortalDay.Local(clock.GetUtcNow()).ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture);
        await notices.ToAdministratorsAsync(
            new("File.Infected", [by.AccountName, name, signature], "/operations/audit", $"file-infected:{by.AccountName}:{signature}:{hour}"), CancellationToken.None);
    }
}
