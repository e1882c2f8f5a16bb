using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;
using System.Net;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>Whatever takes long in one transaction keeps nobody from signing in: no entry of the audit waits for another.</summary>
[Collection(nameof(HttpPortal))]
public sealed class LongAcceptanceTests(HttpPortal portal)
{
    [Fact]
    public async Task SignIn_WhileAnAcceptanceIsUnderWay_DoesNotWait()
    {
        await portal.MakeAccountAsync("l-patient", Role.Manager, "SONNMT", RunningPortal.Password);
        // As far as an acceptance goes before it commits: rows written, its entry in the audit, nothing let go.
        await using var database = new PortalDatabase(portal.Logins.ConnectionString);
        await using var acceptance = await database.OpenAsync(CommandContext.Console);
        await using var transaction = await acceptance.Connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await acceptance.Connection.ExecuteAsync("UPDATE submission SET state = state", default);
        await WriteAudit.AsAsync(acceptance.Connection, CommandContext.Console, "accepted", "T-LONG");

        using var client = portal.Stranger("127.0.4.9");
        using (var signedIn = await HttpPortal.SignInAsync(client, "l-patient", RunningPortal.Password).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        // The chain is closed meanwhile, too; the entry that is under way comes after.
        await using (var scope = portal.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<SealAudit>().RunAsync(CommandContext.Console, default).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<SealAudit>().RunAsync(CommandContext.Console, default);
            Assert.Null((await scope.ServiceProvider.GetRequiredService<VerifyAudit>().RunAsync(CommandContext.Console, [], default)).Break);
        }
        Assert.Equal(1, await portal.CountAsync("SELECT count(*) FROM audit a JOIN audit_seal s ON s.entry_id = a.id WHERE a.subject = 'T-LONG'"));
    }
}
