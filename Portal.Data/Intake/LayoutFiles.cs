using System.Text.Json;
using System.Text.Json.Serialization;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>The layouts of <c>seed/layouts</c>, and which of them fits a file.</summary>
public static class LayoutFiles
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>All layouts of a directory, by name of the file.</summary>
    /// <exception cref="InvalidDataException">A layout cannot be read or contradicts itself; the message names the file.</exception>
    public static IReadOnlyList<Layout> Read(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal).Select(ReadOne)];

    /// <summary>The layout that the first sheet with anything on it is headed as, or null; then a blocker has been added to the file's problems.</summary>
    public static Layout? Recognise(IntakeFile file, IReadOnlyList<Layout> layouts)
    {
        var headers = ReadHeaders(file, layouts);
        if (file.Problems.HasBlocker)
            return null;
        if (headers.Count == 0)
        {
            file.Problems.Add(new(ProblemCode.FileEmpty));
            return null;
        }
        var best = headers.Where(read => read.Header.Fits).ToList();
        best = best.FindAll(read => read.Header.Recognised == best.Max(other => other.Header.Recognised));
        if (best.Count == 1)
            return best[0].Layout;
        if (best.Count > 1)
            file.Problems.Add(new(ProblemCode.AmbiguousLayout, Facts: new Dictionary<string, string> { ["layouts"] = string.Join(", ", best.Select(read => read.Layout.Code)) }));
        else
            RefuseNearest(file, headers);
        return null;
    }

    private static void RefuseNearest(IntakeFile file, List<(Layout Layout, Header Header, RawRow Row)> headers)
    {
        var (layout, header, row) = headers.MaxBy(read => read.Header.Recognised);
        file.Problems.Add(header.Problems(layout, row).First(problem => problem.Code == ProblemCode.WrongHeader));
    }

    // The header row of each layout, on the first sheet that has anything on it.
    private static List<(Layout Layout, Header Header, RawRow Row)> ReadHeaders(IntakeFile file, IReadOnlyList<Layout> layouts)
    {
        var headers = new List<(Layout, Header, RawRow)>();
        var last = layouts.Max(layout => layout.HeaderRow);
        string? sheet = null;
        foreach (var row in file.Rows())
        {
            if (row.IsEmpty)
                continue;
            if (row.Number > last && headers.Count > 0 || row.Sheet != (sheet ??= row.Sheet))
                break;
            foreach (var layout in layouts.Where(layout => layout.HeaderRow == row.Number || row.Number > last))
                headers.Add((layout, new Header(layout, row), row));
        }
        return headers;
    }

    private static Layout ReadOne(string path)
    {
        try
        {
            var layout = JsonSerializer.Deserialize<Layout>(File.ReadAllText(path), Options) ?? throw new JsonException("empty");
            return layout.Fault() is { } fault ? throw new JsonException(fault) : layout;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }
}
