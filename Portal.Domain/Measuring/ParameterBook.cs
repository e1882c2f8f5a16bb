namespace QuanTrac.Portal.Domain.Measuring;

/// <summary>All parameters and the spellings that agencies and decisions use for them.</summary>
public sealed class ParameterBook
{
    private readonly Dictionary<string, Parameter> byCode;
    private readonly Dictionary<string, Parameter> bySpelling = [];

    /// <exception cref="ArgumentException">A code stands twice, or an alias names no parameter.</exception>
    public ParameterBook(IEnumerable<Parameter> parameters, IEnumerable<KeyValuePair<string, string>> aliases)
    {
        byCode = parameters.ToDictionary(parameter => parameter.Code);
        foreach (var parameter in byCode.Values)
            bySpelling[Words.Fold(parameter.Code)] = parameter;
        foreach (var (alias, code) in aliases)
        {
            bySpelling[Words.Fold(alias)] = byCode.TryGetValue(code, out var parameter)
                ? parameter
                : throw new ArgumentException($"Alias \"{alias}\" names no parameter: {code}");
        }
    }

    public IReadOnlyCollection<Parameter> All => byCode.Values;

    public Parameter this[string code] => byCode[code];

    /// <summary>The parameter that a person wrote, or null: unknown is a problem, never a guess.</summary>
    public Parameter? Find(string spelling) => bySpelling.GetValueOrDefault(Words.Fold(spelling));
}
