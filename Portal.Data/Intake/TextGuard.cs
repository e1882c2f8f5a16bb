using System.Globalization;
using System.Text;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Looks through a text file before it is read: UTF-8 to the last byte, and text.</summary>
internal static class TextGuard
{
    private static readonly (string Name, byte[] Mark)[] OtherMarks =
    [
        ("UTF-32", [0xFF, 0xFE, 0, 0]),
        ("UTF-16", [0xFF, 0xFE]),
        ("UTF-16", [0xFE, 0xFF]),
    ];

    /// <summary>What is wrong with the file, or null.</summary>
    public static Problem? Inspect(string path, CancellationToken cancel)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[1 << 16];
        var text = new char[bytes.Length + 4];
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        long position = 0;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var part = bytes.AsSpan(0, read);
            if (position == 0 && Array.Find(OtherMarks, other => bytes.AsSpan(0, read).StartsWith(other.Mark)) is { Name: { } name })
                return WrongEncoding(name, 0);
            if (part.Contains((byte)0))
                return new(ProblemCode.NotAWorkbook, Facts: new Dictionary<string, string> { ["found"] = "binary" });
            try
            {
                decoder.GetChars(part, text, flush: read < bytes.Length);
            }
            catch (DecoderFallbackException fault)
            {
                return WrongEncoding("not UTF-8", position + Math.Max(0, fault.Index));
            }
            position += read;
            if (read < bytes.Length)
                return null;
        }
    }

    private static Problem WrongEncoding(string name, long position) => new(ProblemCode.WrongEncoding, Facts: new Dictionary<string, string>
    {
        ["encoding"] = name,
        ["position"] = position.ToString(CultureInfo.InvariantCulture),
    });
}
