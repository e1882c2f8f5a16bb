using System.Globalization;

namespace QuanTrac.Portal.Domain.Standards;

/// <summary>What of a measurement a limit judges: each value, a mean over a time, or the level in certain hours of the day.</summary>
public readonly record struct Averaging
{
    private readonly string? code;

    private Averaging(string code) => this.code = code;

    /// <summary>Each value by itself.</summary>
    public static Averaging Single => default;

    public static Averaging HalfHour { get; } = new("30min");

    public static Averaging Hour { get; } = new("1h");

    public static Averaging EightHours { get; } = new("8h");

    public static Averaging Day { get; } = new("24h");

    /// <summary>The arithmetic mean of a site's year.</summary>
    public static Averaging Annual { get; } = new("annual");

    /// <summary>The means, shortest first.</summary>
    public static IReadOnlyList<Averaging> Means { get; } = [HalfHour, Hour, EightHours, Day, Annual];

    /// <summary>The word of files and database: "" for single values, "24h", "annual", "21-06" for the hours from 21 to 6.</summary>
    public string Code => code ?? "";

    /// <summary>First hour of the day, and the hour with which the time ends; past midnight where it is the smaller one.</summary>
    public (int From, int To)? Hours => Code is [_, _, '-', _, _] ? (Hour2(Code[..2]), Hour2(Code[3..])) : null;

    /// <summary>The averaging with this word, or null.</summary>
    public static Averaging? Find(string code)
    {
        if (code.Length == 0)
            return Single;
        foreach (var mean in Means)
        {
            if (mean.Code == code)
                return mean;
        }
        return code is [>= '0' and <= '2', >= '0' and <= '9', '-', >= '0' and <= '2', >= '0' and <= '9']
            && new Averaging(code) is { Hours: var (from, to) } hours && from < 24 && to <= 24 && from != to ? hours : null;
    }

    /// <summary>Whether a measurement at this time falls into the hours; the last hour no longer belongs to them. True where there are none.</summary>
    public bool Holds(TimeOnly time) => Hours is not var (from, to) || (from < to ? time.Hour >= from && time.Hour < to : time.Hour >= from || time.Hour < to);

    public override string ToString() => Code;

    private static int Hour2(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
