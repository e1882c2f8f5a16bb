using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>Gathers the steps of an explanation by the tables of one index.</summary>
internal sealed class StepList(IndexTable table, ParameterBook parameters)
{
    private readonly List<ExplanationStep> steps = [];

    public IndexTable Table => table;

    /// <summary>A step that follows no rule of the paper.</summary>
    public void Add(string code, params object[] facts) => steps.Add(new(code, facts));

    /// <summary>A step whose figures stand there.</summary>
    public void AddOf(LimitOrigin? origin, string code, params object[] facts) =>
        steps.Add(new(code, facts, origin?.Clause, origin?.Confidence ?? Confidence.High));

    /// <summary>A step that hangs on a choice of ours: the paper says nothing, or nothing sure.</summary>
    public void AddChoice(string constant, string code, params object[] facts)
    {
        var origin = table.OriginOf(constant);
        steps.Add(new(code, facts, origin.Clause.Length == 0 ? null : origin.Clause, origin.Confidence));
    }

    /// <summary>The last step of an index.</summary>
    public void AddClass(int index, IndexBand band) =>
        steps.Add(new(StepCode.Class, [index, new Wording(band.NameVi, band.NameEn), band.From, band.To, band.Meaning], null, band.Confidence));

    /// <summary>In the language of whoever reads; a code that is no parameter stands for itself.</summary>
    public Wording Name(string parameter) => parameters.Find(parameter) is { } known ? new(known.NameVi, known.NameEn) : new(parameter, parameter);

    public Explanation Explain() => new(table.Kind, table.Papers.Code, steps);
}
