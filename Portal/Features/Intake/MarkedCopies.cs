using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QuanTrac.Portal.Data.Intake;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Marked copies of workbooks, each made once and kept in a folder of the node until there are too many. Only one is made at a time; whoever asks meanwhile waits.</summary>
/// <param name="folder">Beside the store; it may be emptied at any time.</param>
/// <param name="roomFor">Bytes of all copies together.</param>
public sealed class MarkedCopies(string folder, TimeProvider clock, long roomFor = MarkedCopies.UsualRoom) : IDisposable
{
    /// <summary>500 MB.</summary>
    public const long UsualRoom = 500L * 1024 * 1024;

    // Parts of a process that was killed.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The copy, open for reading; null where the file is no workbook that can be written again.</summary>
    /// <param name="sha256">Of the file. With the words of the marks it is what the copy is known by: another language or another check is another copy.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public async Task<FileStream?> OpenAsync(
        string sha256, string source, string sheetName, IReadOnlyList<string> headers, IReadOnlyList<Mark> marks, CancellationToken cancel)
    {
        var path = Path.Combine(folder, NameOf(sha256, sheetName, headers, marks));
        if (Kept(path) is { } kept)
            return kept;
        await turn.WaitAsync(cancel);
        try
        {
            if (Kept(path) is { } meanwhile)
                return meanwhile;
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var part = Path.Combine(folder, $"{Guid.NewGuid():N}.part");
            if (!await Task.Run(() => MarkedWorkbook.WriteTo(source, part, sheetName, headers, marks, cancel), CancellationToken.None))
                return null;
            File.Move(part, path, overwrite: true);
            var made = Open(path);
            Tidy(path);
            return made;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    // Another node or the tidying may take it away between two looks; what is open stays readable.
    private FileStream? Kept(string path)
    {
        try
        {
            var kept = Open(path);
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return kept;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);

    // The least lately asked for go first; the newest stays whatever its size.
    private void Tidy(string newest)
    {
        var room = roomFor;
        foreach (var file in new DirectoryInfo(folder).GetFiles().OrderByDescending(file => file.FullName == newest).ThenByDescending(file => file.LastWriteTimeUtc))
        {
            room -= file.Length;
            var isPart = file.Extension == ".part";
            if ((isPart ? clock.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > Abandoned : room < 0) && file.FullName != newest)
                file.Delete();
        }
    }

    private static string NameOf(string sha256, string sheetName, IReadOnlyList<string> headers, IReadOnlyList<Mark> marks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var words in new[] { sha256, sheetName, JsonSerializer.Serialize(headers) }.Concat(marks.Select(mark => JsonSerializer.Serialize(mark))))
            hash.AppendData(Encoding.UTF8.GetBytes(words + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset()) + ".xlsx";
    }
}
