using System.IO.Compression;
using System.Xml;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Reads the XML of a part whose writer nobody knows, in memory that does not grow with it: a reader of XML keeps a whole tag and every open element, so both have an end.</summary>
internal static class BoundedXml
{
    /// <summary>Elements in one another; a workbook has about ten.</summary>
    public const int DepthLimit = 64;

    /// <summary>Characters of one tag with its attributes.</summary>
    public const int TagLimit = 256 * 1024;

    // Different names of elements and attributes; a reader keeps each for ever.
    private const int NameLimit = 10_000;

    /// <exception cref="InvalidDataException">While reading: a tag that does not end, or names without end.</exception>
    public static XmlReader Open(ZipArchiveEntry part, CancellationToken cancel) => XmlReader.Create(new TagStream(new CancellableStream(part.Open(), cancel)), new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true, NameTable = new Names(),
    });

    /// <summary>The next node; false at the end.</summary>
    /// <exception cref="InvalidDataException">Too deep, or in an encoding in which a tag cannot be measured.</exception>
    public static bool Next(XmlReader xml)
    {
        if (!xml.Read())
            return false;
        if (xml.Depth > DepthLimit)
            throw new InvalidDataException("The XML is nested too deeply.");
        if (xml.NodeType == XmlNodeType.XmlDeclaration && xml.GetAttribute("encoding") is { } encoding
            && !(encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || encoding.Equals("utf-16", StringComparison.OrdinalIgnoreCase) || encoding.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)))
            throw new InvalidDataException("The XML is neither UTF-8 nor UTF-16.");
        return true;
    }

    private sealed class Names : NameTable
    {
        private int count;

        public override string Add(string key) => Get(key) ?? New(base.Add(key));

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? New(base.Add(key, start, len));

        private string New(string name) => ++count <= NameLimit ? name : throw new InvalidDataException("The XML has too many different names.");
    }

    /// <summary>Lets the bytes through and breaks off at a tag without an end. Text between tags may be long: its readers take it in pieces.</summary>
    private sealed class TagStream(Stream inner) : PassingStream(inner)
    {
        private State state;
        private long length;

        private enum State
        {
            Between, Opening, Tag, Remark, Single, Double,
        }

        protected override void Pass(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                var at = state switch
                {
                    State.Between => bytes.IndexOf((byte)'<'),
                    State.Opening => 0,
                    State.Tag => bytes.IndexOfAny((byte)'>', (byte)'"', (byte)'\''),
                    State.Remark => bytes.IndexOf((byte)'>'),
                    State.Single => bytes.IndexOf((byte)'\''),
                    _ => bytes.IndexOf((byte)'"'),
                };
                var passed = at < 0 ? bytes.Length : at + 1;
                length = state == State.Between ? 0 : length + passed;
                if (length > TagLimit)
                    throw new InvalidDataException("A tag of the XML is too long.");
                if (at < 0)
                    return;
                state = After(bytes[at]);
                bytes = bytes[passed..];
            }
        }

        private State After(byte mark) => state switch
        {
            State.Between => State.Opening,
            // An apostrophe inside a comment or a piece of plain text opens nothing.
            State.Opening => mark is (byte)'!' or (byte)'?' ? State.Remark : mark is (byte)'>' ? State.Between : State.Tag,
            State.Tag => mark switch { (byte)'"' => State.Double, (byte)'\'' => State.Single, _ => State.Between },
            State.Remark => State.Between,
            _ => State.Tag,
        };
    }
}

/// <summary>A stream that is only read, and looks at what passes.</summary>
internal abstract class PassingStream(Stream inner) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => inner.CanSeek;
    public override bool CanWrite => false;
    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Pass([]);
        var read = inner.Read(buffer);
        Pass(buffer[..read]);
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected abstract void Pass(ReadOnlySpan<byte> bytes);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Ends at the next read once it is cancelled: libraries that read a file know nothing of our limits.</summary>
internal sealed class CancellableStream(Stream inner, CancellationToken cancel) : PassingStream(inner)
{
    protected override void Pass(ReadOnlySpan<byte> bytes) => cancel.ThrowIfCancellationRequested();
}
