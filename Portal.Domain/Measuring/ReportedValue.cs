namespace QuanTrac.Portal.Domain.Measuring;

/// <summary>How a laboratory bounded a value.</summary>
public enum Censoring
{
    /// <summary>A number as it was measured.</summary>
    None,

    /// <summary>"&lt; x": below x, the limit of detection. Never a zero, never half of x.</summary>
    Below,

    /// <summary>"&gt; x": above x, the end of the range of the method.</summary>
    Above,
}

/// <summary>A number as reported with its censoring. A non-detect is this, not a zero or a null.</summary>
/// <param name="Number">The number, or the bound where censored; not negative where <see cref="Censoring"/> is Below.</param>
public readonly record struct ReportedValue(decimal Number, Censoring Censoring = Censoring.None)
{
    public bool IsCensored => Censoring != Censoring.None;

    /// <summary>The same value in another unit.</summary>
    public ReportedValue Times(decimal factor) => this with { Number = Number * factor };

    /// <summary>"&lt;" , "&gt;" or nothing.</summary>
    public string Sign => Censoring switch { Censoring.Below => "<", Censoring.Above => ">", _ => "" };
}
