namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>The standard normal distribution, to thirteen digits, in the tails too.</summary>
public static class Normal
{
    private const double SeriesUntil = 1;
    private const int Fractions = 200;

    /// <summary>The probability of a value at least as far from zero as <paramref name="z"/>, on both sides.</summary>
    public static double TwoSided(double z) => ErrorComplement(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>The probability of a value not above <paramref name="z"/>.</summary>
    public static double Cumulative(double z) => z < 0 ? TwoSided(z) / 2 : 1 - TwoSided(z) / 2;

    /// <summary>The value that is exceeded with the probability 1 - <paramref name="p"/>: 1.96 for 0.975.</summary>
    /// <param name="p">Above 0 and below 1.</param>
    public static double Quantile(double p)
    {
        if (!(p is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability between 0 and 1.");
        if (p < 0.5)
            return -Quantile(1 - p);
        // Halved until two neighbouring numbers are left: nobody asks for more than one quantile a run.
        var (low, high) = (0.0, 40.0);
        while ((low + high) / 2 is var middle && middle > low && middle < high)
        {
            if (TwoSided(middle) / 2 > 1 - p)
                low = middle;
            else
                high = middle;
        }
        return high;
    }

    /// <summary>erfc(x) for x not below zero.</summary>
    private static double ErrorComplement(double x) => x < SeriesUntil ? 1 - Series(x) : Fraction(x);

    // NIST Digital Library of Mathematical Functions, 7.6.2 (Abramowitz and Stegun 7.1.6): every term is positive.
    private static double Series(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // NIST Digital Library of Mathematical Functions, 7.9.1 (Abramowitz and Stegun 7.1.14), from the last fraction to the first.
    private static double Fraction(double x)
    {
        var under = x;
        for (var n = Fractions; n > 0; n--)
            under = x + n / 2.0 / under;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / under;
    }
}
