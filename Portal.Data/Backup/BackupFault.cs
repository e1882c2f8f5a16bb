namespace QuanTrac.Portal.Data.Backup;

/// <summary>What is wrong with a backup, or keeps one from being made, proven or restored. The reader's language makes the sentence.</summary>
public enum BackupFault
{
    /// <summary>No key to encrypt with. Facts: none.</summary>
    KeyMissing,

    /// <summary>The key is not 64 hexadecimal digits. Facts: where it stands.</summary>
    KeyInvalid,

    /// <summary>Encrypted with another key. Facts: file.</summary>
    KeyWrong,

    /// <summary>A file does not decrypt, or its hash differs: a flipped bit. Facts: file.</summary>
    FileDamaged,

    /// <summary>A file ends too early. Facts: file.</summary>
    FileTruncated,

    /// <summary>A file is not there. Facts: file.</summary>
    FileMissing,

    /// <summary>The manifest is not the one that was written. Facts: backup.</summary>
    ManifestDamaged,

    /// <summary>There is no such backup. Facts: name.</summary>
    NotThere,

    /// <summary>Not enough room to begin. Facts: folder, megabytes needed, megabytes free.</summary>
    NoSpace,

    /// <summary>The disk became full. Facts: folder.</summary>
    DiskFull,

    /// <summary>A folder cannot be read or written. Facts: folder, message.</summary>
    FolderUnusable,

    /// <summary>Another backup or proof is running. Facts: none.</summary>
    Busy,

    /// <summary>The portal was stopped in the middle. Facts: none.</summary>
    Interrupted,

    /// <summary>pg_dump, pg_dumpall or pg_restore is not installed. Facts: program.</summary>
    ProgramMissing,

    /// <summary>pg_dump failed. Facts: what it said.</summary>
    DumpFailed,

    /// <summary>pg_restore failed or complained. Facts: what it said.</summary>
    RestoreFailed,

    /// <summary>The server has no template database with the extensions. Facts: SQL for its administrator.</summary>
    TemplateMissing,

    /// <summary>A table is not in the restored copy. Facts: table.</summary>
    TableMissing,

    /// <summary>Rows differ. Facts: table, rows in the backup, rows restored.</summary>
    CountDiffers,

    /// <summary>As many rows, other content. Facts: table.</summary>
    ContentDiffers,

    /// <summary>A policy, constraint, trigger, partition, right … is missing or differs. Facts: kind, name.</summary>
    PartDiffers,

    /// <summary>A constraint is not validated. Facts: name.</summary>
    ConstraintNotValid,

    /// <summary>Files named by the database were not in the store when the backup was made. Facts: how many, the first.</summary>
    StoreIncomplete,

    /// <summary>The portal on the copy answers otherwise. Facts: address.</summary>
    AnswerDiffers,

    /// <summary>The data changed all the time while the answers were taken. Facts: none.</summary>
    NeverStill,

    /// <summary>The second place cannot be written, or holds something else. Facts: folder, message.</summary>
    CopyFailed,

    /// <summary>Somebody keeps the database open. Facts: database.</summary>
    DatabaseInUse,

    /// <summary>Verbs of the console are at work and were waited for in vain. Facts: verbs.</summary>
    VerbsAtWork,

    /// <summary>The kept database is not there, or not one that a restore kept. Facts: database.</summary>
    KeptNotThere,

    /// <summary>A database of that name is there already. Facts: database.</summary>
    NameTaken,

    /// <summary>Something that nobody foresaw; the log has more. Facts: message.</summary>
    Broken,
}

/// <summary>A backup cannot be made, proven or restored, and a person has to do something about it.</summary>
public sealed class BackupException(BackupFault fault, params string[] facts)
    : Exception($"{fault}: {string.Join(" · ", facts)}")
{
    public BackupFault Fault { get; } = fault;

    /// <summary>What the sentence needs, in the order given at the fault.</summary>
    public IReadOnlyList<string> Facts { get; } = facts;
}
