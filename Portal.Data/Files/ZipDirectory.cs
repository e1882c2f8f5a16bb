using System.Buffers.Binary;

namespace QuanTrac.Portal.Data.Files;

/// <summary>Counts what a ZIP holds before a library lists it all: a file of 100 MB can name two million entries.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = 65_535;
    private const int EntryLength = 46;

    /// <summary>Whether there are no more entries than that. False also where the directory is not to be found, or is of the kind for more than 65,534 entries.</summary>
    public static bool HasAtMost(Stream file, int entries)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndLength + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndLength)
            return false;
        // These say that the real ones stand elsewhere: no file of a size that is taken needs it.
        if (tail[end + 4] == 0xFF || BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10)) == ushort.MaxValue || BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16)) == uint.MaxValue)
            return false;
        file.Position = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        // The number that the end declares is the sender's: the entries themselves are counted.
        var entry = new byte[EntryLength];
        for (var count = 0; file.ReadAtLeast(entry, EntryLength, throwOnEndOfStream: false) == EntryLength && entry.AsSpan().StartsWith("PK\u0001\u0002"u8); count++)
        {
            if (count == entries)
                return false;
            file.Position += entry[28] + (entry[29] << 8) + entry[30] + (entry[31] << 8) + entry[32] + (entry[33] << 8);
        }
        return true;
    }
}
