using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>The runs of a job in words.</summary>
public static class JobWords
{
    public static string Outcome(IStringLocalizer<JobTexts> texts, string job, JobRun run) => run.Result switch
    {
        JobResult.Failed => texts["Failed"],
        JobResult.Interrupted => texts["Interrupted"],
        JobResult.Skipped => texts["Skipped"],
        _ => texts[$"Done.{job}", [.. run.Facts]],
    };

    public static string Took(IStringLocalizer<JobTexts> texts, TimeSpan took) => took.TotalMinutes >= 1
        ? texts["Minutes", (int)took.TotalMinutes, took.Seconds]
        : texts["Seconds", Figures.Number(decimal.Round((decimal)took.TotalSeconds, 1))];
}
