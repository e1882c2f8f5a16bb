namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>What the portal asks of a series before it speaks of a trend. These are choices of the field, not law; all of them stand here.</summary>
public static class TrendChoices
{
    /// <summary>Mann-Kendall: "this method may be used for n as small as 10 unless there are many tied data values" (Kendall 1975, p. 55,
    /// after Gilbert 1987, Statistical Methods for Environmental Pollution Monitoring, section 16.4).</summary>
    public const int Values = 10;

    /// <summary>Seasonal Kendall, all seasons together: the normal approximation holds when seasons × years is "more than about 25"
    /// (Helsel and Hirsch 2002, Statistical Methods in Water Resources, USGS TWRI 4-A3, section 12.4).</summary>
    public const int SeasonalValues = 25;

    /// <summary>Pettitt: with fewer values the approximation of p (Pettitt 1979) stays above <see cref="Significance"/> even for a perfect
    /// step: 2·exp(-6·25²/(10³ + 10²)) = 0.066 with ten.</summary>
    public const int ChangePointValues = 11;

    /// <summary>Where some values are censored: measured values among them, and how many of these differ. With fewer there is hardly a pair
    /// whose order is known (LWP-Trends after Snelder and others 2021, Guidance for the analysis of temporal trends in environmental data).</summary>
    public const int MeasuredValues = 5;

    /// <inheritdoc cref="MeasuredValues"/>
    public const int DifferentMeasuredValues = 3;

    /// <summary>The largest share of pairs with a censored end for which a slope is given. It is a median over pairs: where most of them
    /// have no slope of their own, it would tell of the laboratory and not of the water.</summary>
    public const double CensoredPairs = 0.5;

    /// <summary>A trend is said to be shown where p is not above this, as everywhere in the field.</summary>
    public const double Significance = 0.05;

    /// <summary>Of the interval around the slope; two-sided.</summary>
    public const double Confidence = 0.95;
}
