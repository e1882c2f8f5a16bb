using System.Globalization;
using System.Text.Json;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>A line of the list of submissions.</summary>
public sealed record SubmissionLine(
    int Id, string FileName, string Organisation, string State, string Checking, DateTimeOffset CreatedAt, CheckOutcome? Outcome);

/// <summary>A submission as its page shows it.</summary>
/// <param name="Layout">The name of the layout in the reader's language; empty where none was recognised.</param>
/// <param name="Outcome">Null where it is not checked yet, or the file is not the viewer's to see.</param>
/// <param name="Sha256">Empty where the file is not the viewer's to see: it carries the rows of others.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="AccountId">Who handed the file in.</param>
/// <param name="SubmittedBy">Who sent it; null while nobody did.</param>
/// <param name="WasSent">It was submitted once, whatever became of it.</param>
/// <param name="First">Under which number and when it was handed in before data were restored; null where it was not.</param>
public sealed record SubmissionModel(
    int Id, string FileName, int OrganisationId, string Organisation, string AccountName, string Layout, string DataGroup, string Basis,
    string State, string Checking, CheckOutcome? Outcome, string Sha256, long Bytes, DateTimeOffset CreatedAt,
    DateTimeOffset? DecidedAt, string DecidedBy, string Decision, (int Number, DateTimeOffset At)? First, int AccountId, int? SubmittedBy, bool WasSent)
{
    /// <summary>The viewer may have the file: their organisation handed it in or may manage for the one that did, or they see everything.</summary>
    public bool HoldsFile => Sha256.Length > 0;

    /// <summary>The worker has not come to its end with it.</summary>
    public bool IsBeingChecked => State == "draft" && Checking is "queued" or "running";

    /// <summary>A facility's own statement is stored when it is submitted, before the review.</summary>
    public bool IsStatement => Basis == "statement";

    /// <summary>Its results are no longer staged but stored; withdrawn ones too.</summary>
    public bool IsStored => State == "accepted" || (IsStatement && WasSent);

    /// <summary>Its results were stored, and left every reading with the decision.</summary>
    public bool IsGone => IsStored && State is "returned" or "withdrawn";

    public bool AwaitsReview => State is "submitted" or "under_review";
}

/// <summary>A group of problems of one severity; the list stops at a cap, the number does not.</summary>
public sealed record ProblemGroup(string Severity, int Number, IReadOnlyList<ProblemView> Listed);

/// <summary>A checked cell, waiting or stored.</summary>
/// <param name="Number">Its number among the cells of the submission.</param>
/// <param name="Outcome">new, present, conflict, stored or withdrawn.</param>
public sealed record CellLine(
    long Number, int Line, string Site, string SiteName, Ui.Period Period, string Parameter, string Fraction, ReportedValue Value, string Unit,
    string Sheet, int Row, string Column, string Outcome);

/// <summary>Rows around a place in the file.</summary>
/// <param name="Column">The letter; empty where the place is a whole row.</param>
public sealed record Nearby(string Sheet, int Row, string Column)
{
    /// <summary>How many rows above and below belong to it.</summary>
    public const int Reach = 4;
}

/// <summary>A campaign that a submission's results belong to.</summary>
public sealed record SubmissionCampaign(string Code, string Name, string Medium);

/// <summary>How the pages of intake write moments and lengths.</summary>
internal static class IntakeFigures
{
    /// <summary>"185 KB", "1,4 MB".</summary>
    public static string Bytes(long bytes) => bytes < 1024 * 1024
        ? $"{Figures.Count((bytes + 1023) / 1024)} KB"
        : $"{Figures.Number(decimal.Round(bytes / (1024m * 1024m), 1))} MB";

    public static CheckOutcome? Outcome(string? summary) => summary is null ? null : JsonSerializer.Deserialize<CheckOutcome>(summary);
}
