using QuanTrac.Portal.Data.Backup;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Where a backup, proof or restore is.</summary>
public enum BackupStage
{
    Preparing,
    Dumping,
    CheckingFiles,
    Closing,
    Restoring,
    Comparing,
    Asking,
    Copying,
    Carrying,
    Switching,
}

/// <summary>What a proof found: times in seconds, numbers, hashes.</summary>
/// <param name="Parts">Kind of the schema's parts to how many were the same.</param>
/// <param name="Answers">What the portal on the copy answered.</param>
/// <param name="AnswersCompared">False where the backup is of another day or another version of the program: then the answers were given, but not compared.</param>
public sealed record ProofEvidence(
    DateTimeOffset At, double Seconds, double CheckSeconds, double RestoreSeconds, double CompareSeconds, double AskSeconds,
    int Tables, long Rows, IReadOnlyDictionary<string, int> Parts, int Files, string Server, string Portal,
    IReadOnlyList<ProofAnswer> Answers, bool AnswersCompared);

/// <summary>How a run ended.</summary>
/// <param name="Backup">Name of the backup; null where none was made.</param>
/// <param name="Fault">What is wrong; null where all is well.</param>
/// <param name="Proven">Whether it was restored and found the same; a copy to the second place may still have failed.</param>
public sealed record BackupOutcome(string? Backup, bool Proven, BackupFault? Fault, IReadOnlyList<string> Facts, ProofEvidence? Evidence)
{
    public bool IsWell => Proven && Fault is null;
}
