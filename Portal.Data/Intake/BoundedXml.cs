using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Reads the XML of a part whose writer nobody knows, in memory that does not grow with it: a reader of XML keeps a whole tag, every open element and every name.</summary>
internal sealed class BoundedXml : IDisposable
{
    /// <summary>Elements in one another; a workbook has about ten.</summary>
    private const int DepthLimit = 64;

    /// <summary>Bytes of one tag with its attributes, or of whatever else is passed in one step.</summary>
    private const int StepLimit = 256 * 1024;

    // Different names of elements and attributes.
    private const int NameLimit = 10_000;

    private readonly MeteredStream stream;

    public BoundedXml(ZipArchiveEntry part, CancellationToken cancel)
    {
        stream = new(part.Open(), cancel);
        Xml = XmlReader.Create(stream, Settings(new Names()));
    }

    /// <summary>At the node of the last step.</summary>
    public XmlReader Xml { get; }

    /// <summary>The next node; false at the end.</summary>
    /// <exception cref="InvalidDataException">Too deep, a tag that does not end, or names without end.</exception>
    public bool Next()
    {
        stream.Left = StepLimit;
        if (!Xml.Read())
            return false;
        return Xml.Depth <= DepthLimit ? true : throw new InvalidDataException("The XML is nested too deeply.");
    }

    /// <summary>The next piece of the text at hand; 0 at its end.</summary>
    public int ReadText(char[] piece)
    {
        stream.Left = StepLimit;
        return Xml.ReadValueChunk(piece, 0, piece.Length);
    }

    /// <summary>The whole of a small part, which has been gone through step by step before.</summary>
    public static XElement Load(ZipArchiveEntry part, CancellationToken cancel)
    {
        using (var look = new BoundedXml(part, cancel))
        {
            while (look.Next())
            {
            }
        }
        using var xml = XmlReader.Create(new CancellableStream(part.Open(), cancel), Settings(new NameTable()));
        return XElement.Load(xml);
    }

    public void Dispose() => Xml.Dispose();

    private static XmlReaderSettings Settings(NameTable names) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true, NameTable = names,
    };

    private sealed class Names : NameTable
    {
        private int count;

        public override string Add(string key) => Get(key) ?? New(base.Add(key));

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? New(base.Add(key, start, len));

        private string New(string name) => ++count <= NameLimit ? name : throw new InvalidDataException("The XML has too many different names.");
    }

    // A step that asks for more than its share has met something without an end.
    private sealed class MeteredStream(Stream inner, CancellationToken cancel) : PassingStream(inner)
    {
        public int Left { get; set; } = StepLimit;

        protected override void Pass(int bytes)
        {
            cancel.ThrowIfCancellationRequested();
            Left -= bytes;
            if (Left < 0)
                throw new InvalidDataException("A tag of the XML is too long.");
        }
    }
}

/// <summary>A stream that is only read, and counts what passes.</summary>
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
        Pass(0);
        var read = inner.Read(buffer);
        Pass(read);
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected abstract void Pass(int bytes);

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
    protected override void Pass(int bytes) => cancel.ThrowIfCancellationRequested();
}
