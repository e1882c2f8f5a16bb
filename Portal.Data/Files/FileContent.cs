using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace QuanTrac.Portal.Data.Files;

/// <summary>Says of a file what it is. The one place that decides it, and its name is not asked.</summary>
public static class FileContent
{
    // A ZIP of documents: as many as somebody sends on purpose, and what they may come to.
    private const int ZipEntries = 200;
    private const int ZipEntryBytes = 30 * 1024 * 1024;
    private const long ZipBytes = 300L * 1024 * 1024;

    // Parts of the largest workbook that is read.
    private const int PackageEntries = 2_000;

    private const int Block = 64 * 1024;

    // What stands in no text: control characters but tabs and ends of lines and pages.
    private static readonly SearchValues<byte> NoText =
        SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Where(code => code is not ('\t' or '\n' or '\r' or '\f')).Select(code => (byte)code)]);

    private static readonly (byte[] Start, FileKind Kind)[] Starts =
    [
        ("%PDF"u8.ToArray(), FileKind.Pdf),
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], FileKind.Png),
        ([0xFF, 0xD8, 0xFF], FileKind.Jpeg),
        (@"{\rtf"u8.ToArray(), FileKind.Other),
        ("#!"u8.ToArray(), FileKind.Other),
    ];

    private static readonly FileKind[] InsideZip =
        [FileKind.Text, FileKind.GeoJson, FileKind.Pdf, FileKind.Png, FileKind.Jpeg, FileKind.Doc, FileKind.Xls, FileKind.Docx, FileKind.Xlsx];

    /// <summary>What the file is.</summary>
    public static FileKind KindOf(string path)
    {
        using var file = File.OpenRead(path);
        return KindOf(file, Zips.LookedInto);
    }

    /// <summary>The same of a file that a door took: what its ZIP holds was looked at then.</summary>
    public static FileKind KindOfTaken(string path)
    {
        using var file = File.OpenRead(path);
        return KindOf(file, Zips.Believed);
    }

    // What is done with a ZIP that is no document: inside a ZIP it is refused.
    private enum Zips
    {
        LookedInto,
        Believed,
        Refused,
    }

    /// <summary>Whether it is packed as a ZIP, whatever is in it.</summary>
    public static bool IsPacked(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return start[..file.ReadAtLeast(start, 4, throwOnEndOfStream: false)].StartsWith("PK"u8);
    }

    /// <summary>The ending of names that the portal gives to a file of a kind, without the dot.</summary>
    public static string EndingOf(FileKind kind) => kind switch
    {
        FileKind.Text => "txt",
        FileKind.GeoJson => "geojson",
        FileKind.Jpeg => "jpg",
        FileKind.Pdf or FileKind.Png or FileKind.Doc or FileKind.Xls or FileKind.Docx or FileKind.Xlsx or FileKind.Zip => kind.ToString().ToLowerInvariant(),
        FileKind.Shapefile => "zip",
        _ => "bin",
    };

    // Inside a ZIP no other ZIP is looked into.
    private static FileKind KindOf(Stream file, Zips zips)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            var head = buffer.AsSpan(0, file.ReadAtLeast(buffer.AsSpan(0, Block), Block, throwOnEndOfStream: false));
            if (head.IsEmpty)
                return FileKind.Empty;
            foreach (var (start, kind) in Starts)
            {
                if (head.StartsWith(start))
                    return kind;
            }
            if (head.StartsWith("PK"u8))
                return OfPackage(file, zips);
            return head.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) ? OfCompound(file, buffer) : OfText(file, head, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileKind OfText(Stream file, ReadOnlySpan<byte> head, byte[] buffer)
    {
        Encoding encoding = head.StartsWith<byte>([0xFF, 0xFE]) ? Encoding.Unicode : head.StartsWith<byte>([0xFE, 0xFF]) ? Encoding.BigEndianUnicode : Encoding.UTF8;
        var text = encoding.GetString(head).TrimStart('\uFEFF').TrimStart();
        var kind = text.StartsWith('<') ? FileKind.Markup
            : text.StartsWith('{') && text.Contains("\"type\"", StringComparison.Ordinal) ? FileKind.GeoJson
            : FileKind.Text;
        var read = head.Length;
        while (read > 0)
        {
            var part = buffer.AsSpan(0, read);
            if (encoding == Encoding.UTF8 ? part.ContainsAny(NoText) : encoding.GetString(part).Any(letter => letter < ' ' && letter is not ('\t' or '\n' or '\r' or '\f')))
                return FileKind.Other;
            read = file.ReadAtLeast(buffer.AsSpan(0, Block), Block, throwOnEndOfStream: false);
        }
        return kind;
    }

    private static FileKind OfPackage(Stream file, Zips zips)
    {
        try
        {
            if (!ZipDirectory.HasAtMost(file, PackageEntries))
                return FileKind.Other;
            file.Position = 0;
            using var package = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var names = package.Entries.Select(entry => entry.FullName).ToList();
            bool Holds(string folder) => names.Exists(name => name.StartsWith(folder, StringComparison.Ordinal));
            if (Holds("xl/") || Holds("word/"))
                return OfOffice(names, Holds("xl/") ? FileKind.Xlsx : FileKind.Docx);
            if (names.Exists(name => name.EndsWith(".shp", StringComparison.OrdinalIgnoreCase)))
                return FileKind.Shapefile;
            return zips == Zips.Believed || (zips == Zips.LookedInto && IsOfDocuments(package)) ? FileKind.Zip : FileKind.Other;
        }
        catch (Exception fault) when (fault is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException)
        {
            return FileKind.Other;
        }
    }

    // The package has one file outside its folders; xlsb keeps its workbook in a form of its own.
    private static FileKind OfOffice(List<string> names, FileKind kind) =>
        names.Exists(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) ? FileKind.Macros
        : names.Exists(name => (!name.Contains('/', StringComparison.Ordinal) && name != "[Content_Types].xml") || name == "xl/workbook.bin") ? FileKind.Other
        : kind;

    private static bool IsOfDocuments(ZipArchive package)
    {
        var files = package.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToList();
        if (files.Count is 0 or > ZipEntries || files.Exists(entry => entry.IsEncrypted || entry.Length > ZipEntryBytes) || files.Sum(entry => entry.Length) > ZipBytes)
            return false;
        return files.TrueForAll(entry =>
        {
            using var content = new MemoryStream();
            using (var packed = entry.Open())
                CopyAtMost(packed, content, ZipEntryBytes);
            content.Position = 0;
            return InsideZip.Contains(KindOf(content, Zips.Refused));
        });
    }

    // The length that an entry declares is the sender's.
    private static void CopyAtMost(Stream from, MemoryStream to, int most)
    {
        var buffer = new byte[Block];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            if (to.Length + read > most)
                throw new InvalidDataException();
            to.Write(buffer, 0, read);
        }
    }

    // The container of Office 97-2003 and of encrypted documents of any age ([MS-CFB] 2.6): its directory has entries of 128 bytes, the name in UTF-16 and at 64 its length.
    private static FileKind OfCompound(Stream file, byte[] buffer)
    {
        var found = new HashSet<string>();
        file.Position = 0;
        int read;
        while ((read = file.ReadAtLeast(buffer.AsSpan(0, Block), Block, throwOnEndOfStream: false)) > 0)
        {
            for (var at = 0; at + 128 <= read; at += 128)
            {
                var length = buffer[at + 64] | (buffer[at + 65] << 8);
                if (length is > 2 and <= 64 && length % 2 == 0 && buffer[at + 66] is 1 or 2)
                    found.Add(Encoding.Unicode.GetString(buffer, at, length - 2));
                // No document has so many; a file made to cost memory has.
                if (found.Count > PackageEntries)
                    return FileKind.Other;
            }
        }
        return found.Contains("EncryptedPackage") ? FileKind.Encrypted
            : found.Contains("_VBA_PROJECT") || found.Contains("_VBA_PROJECT_CUR") ? FileKind.Macros
            : found.Contains("WordDocument") ? FileKind.Doc
            : found.Contains("Workbook") || found.Contains("Book") ? FileKind.Xls
            : FileKind.Other;
    }
}
