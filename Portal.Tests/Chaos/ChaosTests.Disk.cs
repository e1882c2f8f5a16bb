using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Intake;
using Quartz;

namespace QuanTrac.Portal.Tests.Chaos;

/// <summary>A disk without room, under the database and the files alike.</summary>
public sealed partial class ChaosTests
{
    private async Task DiskIsFullAsync()
    {
        var (file, mark) = (steps.NewFile(), Guid.NewGuid());
        var submission = await steps.HandInAsync(client, token, steps.NewFile(), Guid.NewGuid());
        await steps.CheckedAsync(submission);
        await SubmitAsync(submission);
        ground.Fill();
        Assert.Null(await steps.TryHandInAsync(client, token, file, mark));
        ground.MakeRoom();
        var watch = Stopwatch.StartNew();
        var next = await steps.HandInAsync(client, token, file, mark);
        await RowAsync("disk full", "hand in", watch);
        await steps.CheckedAsync(next);

        ground.Fill();
        Exception? fault = null;
        try
        {
            // A few kilobytes may still find room in pages that are there.
            await AcceptAsync(node.Services, submission);
        }
        catch (Exception full)
        {
            fault = full;
        }
        Assert.True(fault is null || DatabaseFault.Of(fault) is not null, $"{fault}");
        ground.MakeRoom();
        watch.Restart();
        Assert.True((await AcceptAgainAsync(submission)).Problem is null or SubmissionProblemCode.WrongState);
        await RowAsync("disk full", "accept", watch);
        await DiskIsFullBehindAsync();
    }

    // Of what the portal does by itself when there is room again.
    private async Task DiskIsFullBehindAsync()
    {
        var hold = await steps.HoldAsync("submission_problem");
        var submission = await steps.HandInAsync(client, token, steps.NewFile(), Guid.NewGuid());
        await steps.CaughtAsync("submission_problem");
        ground.Fill();
        await ChaosSteps.ReleaseAsync(hold);
        ground.MakeRoom();
        var watch = Stopwatch.StartNew();
        await steps.CheckedAsync(submission);
        await RowAsync("disk full", "check", watch);

        var proven = await ProvenAsync();
        ground.Fill();
        await (await node.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).TriggerJob(new JobKey("backup-weekly"));
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(proven, await ProvenAsync());
        ground.MakeRoom();
        watch.Restart();
        await steps.UntilAsync($"SELECT count(*) > {proven} FROM backup_run WHERE state = 'proven'");
        await RowAsync("disk full", "backup", watch);
    }
}
