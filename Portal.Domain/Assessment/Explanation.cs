using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>How a verdict, class, index or trend came about, as data: the page, the proof sheet and the console make the sentences.</summary>
/// <param name="Subject">What is explained, as a code: "vn-wqi", "limit", "trend" …</param>
/// <param name="Instrument">The paper that it follows, as people name it: "QĐ 1460/QĐ-TCMT".</param>
/// <param name="Steps">In the order of the computation; the last one is the outcome.</param>
public sealed record Explanation(string Subject, string Instrument, IReadOnlyList<ExplanationStep> Steps)
{
    /// <summary>The version of the rules that computed it.</summary>
    public string Engine { get; init; } = Assessment.Engine.Version;
}

/// <summary>One step with its numbers, unrounded: rounding is for the reader's eye.</summary>
/// <param name="Code">Which step: the key of its sentence in both languages. Those of indices and verdicts are in <see cref="StepCode"/>.</param>
/// <param name="Facts">What the sentence needs, in the order of its places: text, decimal, int, DateOnly, DateTime, ReportedValue, Wording,
/// or one of <see cref="Quantity"/>, <see cref="Operands"/>, <see cref="Times"/>, <see cref="Names"/>, <see cref="Term"/> and IndexSegment.</param>
/// <param name="Clause">Where the rule stands; empty: chưa rõ điều khoản; null where the step follows no rule of the paper, or names its formula itself.</param>
/// <param name="Confidence">How sure the figures used are.</param>
public sealed record ExplanationStep(string Code, IReadOnlyList<object> Facts, string? Clause = null, Confidence Confidence = Confidence.High);

/// <summary>A value with its unit; "-" is none.</summary>
public sealed record Quantity(ReportedValue Value, string Unit)
{
    public Quantity(decimal number, string unit) : this(new ReportedValue(number), unit)
    {
    }
}

/// <summary>Numbers joined by one sign of a formula: 73.4 + 87.5, 100 × 75.</summary>
public sealed record Operands(char Sign, IReadOnlyList<decimal> Numbers);

/// <summary>How many times the limit.</summary>
public sealed record Times(decimal Ratio);

/// <summary>A list of names.</summary>
public sealed record Names(IReadOnlyList<object> All);

/// <summary>A word of the vocabulary of explanations, such as the name of a group or series.</summary>
public sealed record Term(string Code);
