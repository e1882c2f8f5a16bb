using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>The counts of a checked file, kept with its submission.</summary>
/// <param name="Sheets">Names of the sheets read.</param>
/// <param name="Rows">Rows with at least one value.</param>
/// <param name="Results">Cells that may be stored: new ones and those already present.</param>
/// <param name="Present">Of them, already in the database with the same value.</param>
/// <param name="Refused">Cells refused, conflicts with stored values among them.</param>
/// <param name="NonDetects">Of the results, below the limit of detection.</param>
/// <param name="Seen">Cells that may be values: Seen = Results + Refused + the sum of <paramref name="LeftOut"/>. 0 in a summary from before it was counted.</param>
/// <param name="LeftOut">Cells neither taken nor refused, by <see cref="Domain.Intake.LeftOut"/>.</param>
public sealed record CheckOutcome(
    IReadOnlyList<string> Sheets, int Rows, int Sites, int Samples, int Results, int New, int Present, int Refused, int NotAnalysed, int NonDetects,
    int Warnings, bool Blocked, int Seen = 0, IReadOnlyDictionary<string, int>? LeftOut = null);
