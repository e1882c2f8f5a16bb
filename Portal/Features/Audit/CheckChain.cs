using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Features.Audit;

/// <summary>What the last walk along the chain found, on this node.</summary>
public sealed class ChainVerdict
{
    public (AuditState State, DateTimeOffset At)? Last { get; internal set; }
}

/// <summary>Walks along the chain and keeps what was found: a long chain is not walked for everybody who opens the page.</summary>
public sealed class CheckChain(VerifyAudit verify, BackupSettings backups, ChainVerdict verdict, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>Null where nobody looked within the last hour.</summary>
    public (AuditState State, DateTimeOffset At)? Known => verdict.Last is { } last && clock.GetUtcNow() - last.At < Fresh ? last : null;

    /// <exception cref="BackupException">The key that checkpoints are signed with is not there.</exception>
    public async Task<(AuditState State, DateTimeOffset At)> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        var at = clock.GetUtcNow();
        verdict.Last = (await verify.RunAsync(access, await VerifyAudit.HeadsAsync(backups.Place, cancel), cancel), at);
        return verdict.Last.Value;
    }
}
