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

/// <summary>One step with its numbers.</summary>
/// <param name="Code">Which step: the key of its sentence in both languages.</param>
/// <param name="Facts">What the sentence needs, in the order of its places: text, decimal, int, DateOnly, ReportedValue or Wording.</param>
/// <param name="Clause">Where the rule stands; empty: chưa rõ điều khoản.</param>
/// <param name="Confidence">How sure the figures used are.</param>
public sealed record ExplanationStep(string Code, IReadOnlyList<object> Facts, string Clause = "", Confidence Confidence = Confidence.High);
