using System.Globalization;
using System.Text;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>A handed-in file, opened: its rows can be read again and again, always from the disk. Problems of the file itself are added to
/// <see cref="Problems"/> on opening and while reading; with a blocker there, the rows end.</summary>
public abstract class IntakeFile(ProblemList problems)
{
    public ProblemList Problems { get; } = problems;

    /// <summary>Cells of the sheets that were passed over.</summary>
    public int CellsSkipped { get; protected set; }

    /// <summary>Streams the rows; a break in the file ends them with a blocker.</summary>
    public abstract IEnumerable<RawRow> Rows(bool skipHiddenSheets = true);
}

/// <summary>Opens what somebody handed in. The content decides what the file is; its name is not trusted.</summary>
public static class FileReader
{
    /// <summary>100 MB.</summary>
    public const long DefaultCap = 100L * 1024 * 1024;

    private static readonly (string Name, byte[] Start)[] Known =
    [
        ("PDF", "%PDF"u8.ToArray()),
        ("PNG", [0x89, (byte)'P', (byte)'N', (byte)'G']),
        ("JPEG", [0xFF, 0xD8, 0xFF]),
        ("RTF", @"{\rtf"u8.ToArray()),
        ("HTML/XML", "<"u8.ToArray()),
        ("GZIP", [0x1F, 0x8B]),
    ];

    /// <param name="cap">The largest file taken, in bytes.</param>
    /// <param name="cancel">Ends the opening, and later the reading, at the next row or block.</param>
    public static IntakeFile Open(string path, long cap = DefaultCap, CancellationToken cancel = default)
    {
        var problems = new ProblemList();
        var length = new FileInfo(path).Length;
        if (length == 0)
            return Refused(problems, new Problem(ProblemCode.FileEmpty));
        if (length > cap)
            return Refused(problems, new Problem(ProblemCode.FileTooLarge, Facts: new Dictionary<string, string>
            {
                ["limit"] = cap.ToString(CultureInfo.InvariantCulture),
                ["found"] = length.ToString(CultureInfo.InvariantCulture),
            }));
        var start = ReadStart(path);
        if (start.AsSpan().StartsWith("PK"u8))
            return WorkbookGuard.Inspect(path, problems, cancel) is { } contents ? new WorkbookReader(path, contents, problems, cancel) : new RefusedFile(problems);
        if (start.AsSpan().StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
            return Refused(problems, new Problem(CompoundFile.IsEncryptedWorkbook(path) ? ProblemCode.EncryptedWorkbook : ProblemCode.OldWorkbook));
        if (Array.Find(Known, known => start.AsSpan().StartsWith(known.Start)) is { Name: { } name })
            return Refused(problems, new Problem(ProblemCode.NotAWorkbook, Facts: new Dictionary<string, string> { ["found"] = name }));
        return TextGuard.Inspect(path, cancel) is { } fault ? Refused(problems, fault) : new CsvFile(path, problems, cancel);
    }

    private static RefusedFile Refused(ProblemList problems, Problem problem)
    {
        problems.Add(problem);
        return new RefusedFile(problems);
    }

    private static byte[] ReadStart(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[8];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    private sealed class RefusedFile(ProblemList problems) : IntakeFile(problems)
    {
        public override IEnumerable<RawRow> Rows(bool skipHiddenSheets = true) => [];
    }

    /// <summary>The container of Excel 97-2003, and of encrypted workbooks of any age.</summary>
    private static class CompoundFile
    {
        private static readonly byte[] EncryptedEntry = Encoding.Unicode.GetBytes("EncryptedPackage");

        // The name stands in a directory sector, somewhere in the file.
        public static bool IsEncryptedWorkbook(string path)
        {
            using var file = File.OpenRead(path);
            var window = new byte[1 << 16];
            var kept = 0;
            while (file.Read(window, kept, window.Length - kept) is var read and > 0)
            {
                var filled = window.AsSpan(0, kept + read);
                if (filled.IndexOf(EncryptedEntry) >= 0)
                    return true;
                kept = Math.Min(filled.Length, EncryptedEntry.Length);
                filled[^kept..].CopyTo(window);
            }
            return false;
        }
    }
}
