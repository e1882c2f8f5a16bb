using QuanTrac.Portal.Data.Files;

namespace QuanTrac.Portal.Files;

/// <summary>Why a file was not taken.</summary>
public enum FileRefusal
{
    Empty,

    /// <summary>By its content of no kind that is taken here.</summary>
    Kind,

    /// <summary>The organisation, or the guest, has had its files of the day.</summary>
    Quota,

    /// <summary>What is free on the disk is kept for the portal itself.</summary>
    Reserve,
    DiskFull,

    /// <summary>The scanner found something.</summary>
    Infected,

    /// <summary>The scanner takes none so large.</summary>
    TooLargeToScan,

    /// <summary>The scanner does not answer.</summary>
    NotScanned,
}

/// <summary>A file that was not taken; nothing of it is kept.</summary>
public sealed class FileRefusedException(FileRefusal refusal) : Exception($"The file was not taken: {refusal}.")
{
    public FileRefusal Refusal { get; } = refusal;

    /// <summary>What it is.</summary>
    public FileKind Found { get; init; }

    /// <summary>What would be taken.</summary>
    public IReadOnlyList<FileKind> Taken { get; init; } = [];

    /// <summary>The quota of the day and from when on files are taken again.</summary>
    public QuotaRule? Quota { get; init; }

    /// <summary>What the scanner calls it.</summary>
    public string Signature { get; init; } = "";
}
