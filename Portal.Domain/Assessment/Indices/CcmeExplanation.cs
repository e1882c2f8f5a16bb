using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>How a CCME WQI came about.</summary>
public static class CcmeExplanation
{
    public static Explanation Of(CcmeWqi index, ParameterBook parameters, CcmeResult result)
    {
        var table = index.Table;
        var steps = new StepList(table, parameters);
        steps.Add(StepCode.CcmeSupplementary);
        if (result.LeftOut > 0)
            steps.Add(StepCode.CcmeLeftOut, result.LeftOut);
        if (result.TooFew > 0)
            steps.AddOf(table.OriginOf("samplings_required"), StepCode.CcmeSeldom, result.TooFew, (int)table.Constant("samplings_required"));
        if (result is not { Value: { } value, Index: { } whole, Band: { } band })
        {
            steps.AddOf(table.OriginOf("variables_required"), StepCode.CcmeTooFewVariables,
                result.Variables, (int)table.Constant("variables_required"), (int)table.Constant("samplings_required"));
            return steps.Explain();
        }
        steps.Add(StepCode.CcmeTests, result.Tests, result.Variables, result.FailedTests, result.FailedVariables);
        var formula = table.OriginOf("divisor");
        steps.AddOf(formula, StepCode.CcmeScope, result.FailedVariables, result.Variables, (decimal)result.F1);
        steps.AddOf(formula, StepCode.CcmeFrequency, result.FailedTests, result.Tests, (decimal)result.F2);
        if (double.IsInfinity(result.Nse))
            steps.AddOf(formula, StepCode.CcmeAmplitudeBoundless);
        else
            steps.AddOf(formula, StepCode.CcmeAmplitude, result.Tests, (decimal)result.Nse, (decimal)result.F3);
        steps.AddOf(formula, StepCode.CcmeIndex, (decimal)result.F1, (decimal)result.F2, (decimal)result.F3, table.Constant("divisor"), value);
        steps.Add(StepCode.Rounded, value, whole);
        steps.AddClass(whole, band);
        return steps.Explain();
    }
}
