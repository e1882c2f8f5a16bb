using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>A result held against the limit of its parameter: a test in the words of the index.</summary>
/// <param name="Sampling">Which sampling it belongs to: values of one sampling have the same number.</param>
public readonly record struct CcmeTest(string Variable, int Sampling, ReportedValue Value, Bounds Limit)
{
    /// <summary>Values of one campaign are one sampling.</summary>
    public static CcmeTest Of(PastResult past, Bounds limit) =>
        new(past.Fraction.Length == 0 ? past.Parameter : $"{past.Parameter} {past.Fraction}", past.Campaign, past.Value, limit);
}

/// <summary>The supplementary index with all that it was made of.</summary>
/// <param name="Variables">Parameters that counted.</param>
/// <param name="LeftOut">Non-detects whose limit of detection decides nothing, and "&gt; x" below a maximum: no tests.</param>
/// <param name="TooFew">Parameters left out because they were sampled too seldom.</param>
/// <param name="F1">Scope: failed ÷ all variables × 100.</param>
/// <param name="F2">Frequency: failed ÷ all tests × 100.</param>
/// <param name="F3">Amplitude.</param>
/// <param name="Nse">Normalised sum of excursions; infinite where a minimum was met by nothing at all.</param>
public sealed record CcmeResult(
    int Variables, int FailedVariables, int Tests, int FailedTests, int LeftOut, int TooFew,
    double F1, double F2, double F3, double Nse, decimal? Value, int? Index, IndexBand? Band, string Reason);

/// <summary>CCME Water Quality Index 1.0 (Canadian Council of Ministers of the Environment, 2001): a supplementary index for media that have limits
/// but no Vietnamese index.</summary>
/// <param name="table">Classes and constants of kind ccme-wqi.</param>
public sealed class CcmeWqi(IndexTable table)
{
    public const string Kind = "ccme-wqi";
    public const string TooFewVariables = "too_few_variables";

    private readonly int variablesRequired = (int)table.Constant("variables_required");
    private readonly int samplingsRequired = (int)table.Constant("samplings_required");
    private readonly double divisor = (double)table.Constant("divisor");

    public IndexTable Table => table;

    /// <summary>Months that end with the campaign.</summary>
    public int Months { get; } = (int)table.Constant("months");

    /// <summary>Only parameters with a limit are tests; at least four of them, each sampled at least four times.</summary>
    public CcmeResult Assess(IEnumerable<CcmeTest> tests)
    {
        var leftOut = 0;
        var variables = new Dictionary<string, Variable>();
        foreach (var test in tests)
        {
            // The same rule as for a verdict: "< x" with x at or under the maximum passes, above it decides nothing.
            var verdict = Compliance.Judge(test.Value, test.Limit).Verdict;
            if (verdict == Verdict.CannotJudge)
            {
                leftOut++;
                continue;
            }
            if (!variables.TryGetValue(test.Variable, out var variable))
                variables[test.Variable] = variable = new();
            variable.Add(test, verdict == Verdict.Exceeds);
        }
        var counted = variables.Values.Where(variable => variable.Samplings >= samplingsRequired).ToList();
        var tooFew = variables.Count - counted.Count;
        return counted.Count < variablesRequired
            ? new(counted.Count, 0, 0, 0, leftOut, tooFew, 0, 0, 0, 0, null, null, null, TooFewVariables)
            : Combine(counted, leftOut, tooFew);
    }

    private CcmeResult Combine(List<Variable> variables, int leftOut, int tooFew)
    {
        var (tests, failed) = (variables.Sum(variable => variable.Tests), variables.Sum(variable => variable.Failed));
        var failedVariables = variables.Count(variable => variable.Failed > 0);
        var f1 = 100.0 * failedVariables / variables.Count;
        var f2 = 100.0 * failed / tests;
        var nse = variables.Sum(variable => variable.Excursions) / tests;
        // nse ÷ (0.01 nse + 0.01), written so that a boundless excursion gives 100.
        var f3 = double.IsInfinity(nse) ? 100 : nse / (0.01 * nse + 0.01);
        var value = Rounding.OfDouble(100 - Math.Sqrt(f1 * f1 + f2 * f2 + f3 * f3) / divisor);
        var whole = Math.Max(0, Rounding.HalfUp(value));
        return new(variables.Count, failedVariables, tests, failed, leftOut, tooFew, f1, f2, f3, nse, value, whole, table.Band(whole), "");
    }

    private sealed class Variable
    {
        private readonly HashSet<int> samplings = [];

        public int Samplings => samplings.Count;

        public int Tests { get; private set; }

        public int Failed { get; private set; }

        public double Excursions { get; private set; }

        public void Add(in CcmeTest test, bool fails)
        {
            samplings.Add(test.Sampling);
            Tests++;
            if (!fails)
                return;
            Failed++;
            Excursions += Excursion((double)test.Value.Number, test.Limit);
        }

        // How many times the limit the value lies outside it: value ÷ maximum − 1, minimum ÷ value − 1; of a maximum of zero the value itself.
        private static double Excursion(double value, Bounds limit) => limit switch
        {
            { Upper: { } upper } when value >= (double)upper => upper == 0 ? value : value / (double)upper - 1,
            _ => value > 0 ? (double)limit.Lower!.Value / value - 1 : double.PositiveInfinity,
        };
    }
}
