using System.Globalization;
using System.Resources;
using QuanTrac.Portal.Data.Backup;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What is wrong with a backup, in words: the same on the page and at the console.</summary>
public static class BackupSentence
{
    private static readonly ResourceManager Texts = new(typeof(BackupsTexts));

    public static string Of(BackupFault fault, IReadOnlyList<string> facts, CultureInfo language) =>
        string.Format(language, Texts.GetString($"BackupFault.{fault}", language) ?? $"BackupFault.{fault}", [.. facts]);

    /// <summary>The same from what the table keeps; empty where nothing is wrong.</summary>
    public static string Of(string problem, IReadOnlyList<string> facts, CultureInfo language) =>
        Enum.TryParse<BackupFault>(problem, out var fault) ? Of(fault, facts, language) : "";

    /// <summary>A step of the work.</summary>
    public static string Of(BackupStage stage, CultureInfo language) => Texts.GetString($"BackupStage.{stage}", language)!;
}
