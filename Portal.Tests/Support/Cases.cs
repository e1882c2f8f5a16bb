using System.Text.Json;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>Published answers of <c>Portal.Tests/Cases</c>.</summary>
internal static class Cases
{
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "Portal.Tests", "Cases", name)));
        return document.RootElement.Clone();
    }

    /// <summary>A number or null.</summary>
    public static decimal? Number(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number ? found.GetDecimal() : null;

    /// <summary>An array of numbers and nulls.</summary>
    public static decimal?[] Numbers(this JsonElement parent, string name) => parent.GetProperty(name).EnumerateArray()
        .Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDecimal() : (decimal?)null).ToArray();
}

/// <summary>Equality to as many digits as were printed.</summary>
internal static class Close
{
    public static void Equal(decimal? expected, decimal? actual, decimal digits)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } number)
            Assert.InRange(actual!.Value, number - digits, number + digits);
    }
}
