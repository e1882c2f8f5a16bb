using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;

namespace QuanTrac.Portal.Data.Areas;

/// <summary>A zipped Shapefile, unpacked into a folder of its own and made GeoJSON by GDAL in the coordinates that it is in; disposing removes the folder.</summary>
public sealed class ShapefileZip : IDisposable
{
    private const long UnpackedCap = 100L * 1024 * 1024;
    private const int EntryCap = 20;
    private const int PrjCap = 10_000;

    // Two numbers of eight bytes for each corner: the format's own words come on top.
    private const long ShpCap = AreaFile.PointCap * 16L * 5 / 4;

    private const long MemoryLimit = 2L * 1024 * 1024 * 1024;
    private const long WrittenLimit = 512L * 1024 * 1024;

    // What prlimit answers where there is no such program.
    private const int NoProgram = 127;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Needed = [".shp", ".shx", ".dbf"];
    private static readonly string[] Read = [.. Needed, ".prj", ".cpg"];

    // What desktop programs put beside it: indexes, styles, descriptions. Nobody reads them here.
    private static readonly string[] Ignored = [".sbn", ".sbx", ".qix", ".qmd", ".qml", ".qpj", ".xml", ".fix"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantrac-areas-");

    private ShapefileZip()
    {
    }

    /// <summary>The file with its features; no word in it of its coordinates.</summary>
    internal string GeoJson => Path.Combine(folder.FullName, "areas.json");

    /// <summary>What the .prj says; null without one.</summary>
    internal DeclaredCrs? Declared { get; private set; }

    /// <summary>Name and version of GDAL; null where it is not installed.</summary>
    public static async Task<string?> ProgramAsync(CancellationToken cancel)
    {
        try
        {
            using var program = Start(new("ogr2ogr", ["--version"]) { RedirectStandardOutput = true });
            var words = await program.StandardOutput.ReadToEndAsync(cancel);
            await program.WaitForExitAsync(cancel);
            return program.ExitCode == 0 ? words.Trim() : null;
        }
        catch (AreaException)
        {
            return null;
        }
    }

    internal static async Task<ShapefileZip> OpenAsync(string path, CancellationToken cancel)
    {
        var opened = new ShapefileZip();
        try
        {
            await opened.UnpackAsync(path, cancel);
            await opened.ConvertAsync(cancel);
            return opened;
        }
        catch (InvalidDataException fault)
        {
            opened.Dispose();
            throw new AreaException(AreaFault.Broken, fault.Message);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task UnpackAsync(string path, CancellationToken cancel)
    {
        await using var package = await ZipFile.OpenReadAsync(path, cancel);
        if (package.Entries.Count > EntryCap)
            throw new AreaException(AreaFault.ZipEntry, package.Entries[EntryCap].FullName);
        var wanted = new Dictionary<string, ZipArchiveEntry>();
        foreach (var entry in package.Entries)
        {
            var ending = Path.GetExtension(entry.FullName).ToLowerInvariant();
            // One layer, in no folder.
            if (entry.FullName.AsSpan().ContainsAny('/', '\\', ':') || !(Read.Contains(ending) ? wanted.TryAdd(ending, entry) : Ignored.Contains(ending)))
                throw new AreaException(AreaFault.ZipEntry, entry.FullName);
        }
        if (Array.Find(Needed, ending => !wanted.ContainsKey(ending)) is { } missing)
            throw new AreaException(AreaFault.ZipIncomplete, missing);
        if (wanted.Values.Sum(entry => entry.Length) is > UnpackedCap and var declared)
            throw new AreaException(AreaFault.ZipBomb, AreaFile.Megabytes(declared), AreaFile.Megabytes(UnpackedCap));
        if (wanted[".shp"].Length > ShpCap)
            throw new AreaException(AreaFault.TooManyPoints, wanted[".shp"].Length / 16, AreaFile.PointCap);
        var room = UnpackedCap;
        foreach (var (ending, entry) in wanted)
            room -= await UnpackAsync(entry, Path.Combine(folder.FullName, "areas" + ending), room, cancel);
        var prj = Path.Combine(folder.FullName, "areas.prj");
        if (!File.Exists(prj))
            return;
        var text = await File.ReadAllTextAsync(prj, cancel);
        Declared = DeclaredCrs.OfPrj(text.Length > PrjCap ? text[..PrjCap] : text);
        // GDAL is not to do anything by it.
        File.Delete(prj);
    }

    // The length that an entry declares is the sender's.
    private static async Task<long> UnpackAsync(ZipArchiveEntry entry, string path, long room, CancellationToken cancel)
    {
        await using var from = await entry.OpenAsync(cancel);
        await using var to = File.Create(path);
        var buffer = new byte[128 * 1024];
        long bytes = 0;
        int read;
        while ((read = await from.ReadAsync(buffer, cancel)) > 0)
        {
            bytes += read;
            if (bytes > room)
                throw new AreaException(AreaFault.ZipBomb, AreaFile.Megabytes(UnpackedCap - room + bytes), AreaFile.Megabytes(UnpackedCap));
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        return bytes;
    }

    private async Task ConvertAsync(CancellationToken cancel)
    {
        var shapes = Path.Combine(folder.FullName, "areas.shp");
        if (!IsShapefile(shapes))
            throw new AreaException(AreaFault.Broken, ".shp");
        // Memory, seconds of a core and bytes written have an end whatever the file says of its records; prlimit is of util-linux, which no Debian is without.
        var start = new ProcessStartInfo("prlimit")
        {
            ArgumentList =
            {
                FormattableString.Invariant($"--as={MemoryLimit}"), FormattableString.Invariant($"--cpu={(int)Patience.TotalSeconds}"), FormattableString.Invariant($"--fsize={WrittenLimit}"),
                "ogr2ogr", "-f", "GeoJSON", GeoJson, shapes,
            },
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var program = Start(start);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            var said = program.StandardError.ReadToEndAsync(limit.Token);
            await program.StandardOutput.ReadToEndAsync(limit.Token);
            var words = (await said).Replace(folder.FullName, "", StringComparison.Ordinal).Trim();
            await program.WaitForExitAsync(limit.Token);
            if (program.ExitCode == NoProgram)
                throw new AreaException(AreaFault.ProgramMissing);
            if (program.ExitCode != 0 || !File.Exists(GeoJson))
                throw new AreaException(AreaFault.Broken, words.Length > 300 ? words[..300] : words);
        }
        catch (OperationCanceledException)
        {
            program.Kill(entireProcessTree: true);
            // The folder can go only once nobody writes in it.
            await program.WaitForExitAsync(CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
            throw new AreaException(AreaFault.TooSlow, (int)Patience.TotalSeconds);
        }
    }

    // GDAL guesses the kind of a file, and it knows two hundred: by its first four bytes it can only be this one (ogr2ogr takes -if from 3.7 on).
    private static bool IsShapefile(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0x27, 0x0A]);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new AreaException(AreaFault.ProgramMissing);
        }
    }
}
