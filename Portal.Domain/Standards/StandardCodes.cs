namespace QuanTrac.Portal.Domain.Standards;

/// <summary>The words by which the files and the database write the enumerations of this folder.</summary>
public static class StandardCodes
{
    public static string Code(this LimitKind kind) => kind switch
    {
        LimitKind.Max => "max",
        LimitKind.Min => "min",
        LimitKind.Range => "range",
        _ => "class_text",
    };

    public static string Code(this Confidence confidence) => confidence switch
    {
        Confidence.Low => "low",
        Confidence.Medium => "medium",
        _ => "high",
    };

    public static LimitKind? FindLimitKind(string code) => Find<LimitKind>(code, Code);

    public static Confidence? FindConfidence(string code) => Find<Confidence>(code, Code);

    private static T? Find<T>(string code, Func<T, string> codeOf) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (codeOf(value) == code)
                return value;
        }
        return null;
    }
}
