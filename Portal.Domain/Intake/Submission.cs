namespace QuanTrac.Portal.Domain.Intake;

/// <summary>A file handed in, on its way from draft to accepted.</summary>
public sealed class Submission
{
    public int Id { get; init; }
    public int OrganisationId { get; init; }
    public int AccountId { get; init; }
    public required string AccountName { get; init; }
    public required string FileSha256 { get; init; }
    public required string FileName { get; init; }
    public required string Layout { get; set; }
    public string DataGroup { get; set; } = "";

    /// <summary>"handover" (minutes), "statement" (of responsibility) or "paper" (entered on behalf).</summary>
    public required string Basis { get; init; }
    public string State { get; set; } = "draft";

    /// <summary>"queued", "running", "done" or "failed".</summary>
    public string Checking { get; set; } = "queued";
    public string? Summary { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>The account that sent it, given by the database, as is <see cref="DecidedById"/>.</summary>
    public int? SubmittedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
    public int? DecidedById { get; set; }
    public string Decision { get; set; } = "";
}

/// <summary>A stored file, named by the hash of its content.</summary>
public sealed class StoredFile
{
    public required string Sha256 { get; init; }
    public long Bytes { get; init; }
    public required string Name { get; init; }
    public DateTimeOffset StoredAt { get; init; }
    public int? AccountId { get; init; }
}

/// <summary>A problem of a submission as kept: a code with facts, the reader's language comes later.</summary>
public sealed class SubmissionProblem
{
    public int SubmissionId { get; init; }
    public int Ordinal { get; init; }
    public required string Severity { get; init; }
    public required string Code { get; init; }
    public required string Sheet { get; init; }
    public int RowNumber { get; init; }
    public required string ColumnLetter { get; init; }
    public required string ColumnHeader { get; init; }
    public required string Value { get; init; }
    public required string Facts { get; init; }
    public string Reason { get; set; } = "";
}
