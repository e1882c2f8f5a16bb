namespace QuanTrac.Portal.Domain.Measuring;

/// <summary>All parameters and the spellings that agencies and decisions use for them.</summary>
public sealed class ParameterBook
{
    private readonly Dictionary<string, Parameter> byCode;
    private readonly Dictionary<string, Parameter> bySpelling = [];
    private readonly Dictionary<(string Spelling, string Medium), Parameter> byMedium = [];
    private readonly ILookup<string, Parameter> byName;

    /// <param name="ofMedia">Spellings that mean a parameter of its own in one medium: "Pb" in air is lead in dust, not in water.</param>
    /// <exception cref="ArgumentException">A code stands twice, or an alias names no parameter.</exception>
    public ParameterBook(
        IEnumerable<Parameter> parameters, IEnumerable<KeyValuePair<string, string>> aliases,
        IEnumerable<(string Spelling, string Medium, string Parameter)>? ofMedia = null)
    {
        byCode = parameters.ToDictionary(parameter => parameter.Code);
        foreach (var parameter in byCode.Values)
            bySpelling[Words.Fold(parameter.Code)] = parameter;
        foreach (var (alias, code) in aliases)
            bySpelling[Words.Fold(alias)] = Named(alias, code);
        foreach (var (spelling, medium, code) in ofMedia ?? [])
            byMedium[(Words.Fold(spelling), medium)] = Named(spelling, code);
        byName = byCode.Values.SelectMany(parameter => new[] { parameter.NameVi, parameter.NameEn }.Select(Words.Fold).Distinct().Select(name => (name, parameter)))
            .ToLookup(row => row.name, row => row.parameter);
    }

    public IReadOnlyCollection<Parameter> All => byCode.Values;

    public Parameter this[string code] => byCode[code];

    /// <summary>The parameter that a person wrote, or null: unknown is a problem, never a guess.</summary>
    public Parameter? Find(string spelling) => bySpelling.GetValueOrDefault(Words.Fold(spelling));

    /// <summary>The parameter that a person wrote of a sample of this medium, by a spelling or by its full name; null where none or more than one is so called.</summary>
    public Parameter? Find(string spelling, string medium)
    {
        var folded = Words.Fold(spelling);
        if (byMedium.TryGetValue((folded, medium), out var own))
            return own;
        var usual = bySpelling.GetValueOrDefault(folded) ?? (byName[folded].Take(2).ToList() is [var only] ? only : null);
        // "Chì" is Pb, and Pb in air is a parameter of its own.
        return usual is null ? null : byMedium.GetValueOrDefault((Words.Fold(usual.Code), medium)) ?? usual;
    }

    private Parameter Named(string alias, string code) => byCode.TryGetValue(code, out var parameter)
        ? parameter
        : throw new ArgumentException($"Alias \"{alias}\" names no parameter: {code}");
}
