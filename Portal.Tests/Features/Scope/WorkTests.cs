using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Features.Campaigns;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Jobs;

namespace QuanTrac.Portal.Tests.Features.Scope;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>Each job × who starts it, each verb × as whom it runs. A verb that names no account is the server's own: who may start a process there may do all.</summary>
[Collection(nameof(EveryRelation))]
public sealed class WorkTests(EveryRelation portal)
{
    public static TheoryData<string> Jobs => [.. WhoSeesWhat.Names("job")];

    public static TheoryData<string> VerbNames => [.. WhoSeesWhat.Names("verb")];

    [Fact]
    public void JobsAndVerbs_OfThePortal_HaveALineForEachRole()
    {
        Assert.Equal(JobList.All.Select(job => job.Name).Order(StringComparer.Ordinal), WhoSeesWhat.Names("job").Order(StringComparer.Ordinal));
        Assert.Equal(Verbs.All.Select(verb => verb.Name).Order(StringComparer.Ordinal), WhoSeesWhat.Names("verb").Order(StringComparer.Ordinal));
        Assert.All(WhoSeesWhat.All.Where(line => line.Kind is "job" or "verb").GroupBy(line => (line.Kind, line.Name)),
            lines => Assert.Equal(EveryRelation.Roles, lines.Select(line => line.Role)));
    }

    [Theory, MemberData(nameof(Jobs))]
    public Task Job_EachRole_PausesAndResumesItOrIsRefused(string job) => CheckAsync("job", job, async access =>
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var jobs = scope.ServiceProvider.GetRequiredService<JobsData>();
        await jobs.PauseAsync(access, job, true, default);
        await jobs.PauseAsync(access, job, false, default);
    });

    [Theory, MemberData(nameof(VerbNames))]
    public async Task Verb_EachRole_RunsItOrIsRefused(string verb)
    {
        if (!Verbs.All.Single(one => one.Name == verb).Valued.Contains("as"))
        {
            WhoSeesWhat.AssertAre("verb", verb, EveryRelation.Roles.Select(role => (role, Enumerable.Repeat("", 5).Append("server"))));
            return;
        }
        await CheckAsync("verb", verb, async access =>
        {
            await using var scope = portal.Services.CreateAsyncScope();
            T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
            _ = verb switch
            {
                "import" => await Get<HandInFile>().RunAsync(access, new MemoryStream("a,b\n"u8.ToArray()), "a.csv", "", false, default) as object,
                "release" => await Get<ReleaseCampaign>().RunAsync(access, 0, "QĐ", true, default),
                "reassess" => await Get<ReassessResults>().RunAsync(access, true, default),
                _ => throw new InvalidOperationException($"No case for {verb}."),
            };
        });
    }

    private async Task CheckAsync(string kind, string name, Func<Access, Task> act)
    {
        var found = new List<(string, IEnumerable<string>)>();
        foreach (var role in EveryRelation.Roles)
        {
            var said = "yes";
            try
            {
                await act(await portal.AccessAsync(role));
            }
            catch (NotAllowedException)
            {
                said = "refused";
            }
            found.Add((role, Enumerable.Repeat("", 5).Append(said)));
        }
        WhoSeesWhat.AssertAre(kind, name, found);
    }
}
