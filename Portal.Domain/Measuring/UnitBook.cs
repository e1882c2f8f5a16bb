using System.Text;

namespace QuanTrac.Portal.Domain.Measuring;

/// <summary>All units and their spellings. A spelling that is not in the book is not a unit.</summary>
public sealed class UnitBook
{
    private readonly Dictionary<string, Unit> byCode;
    private readonly Dictionary<string, Unit> bySpelling = [];

    /// <param name="units">Units with distinct codes.</param>
    /// <param name="aliases">Spelling → code; every code must be a unit.</param>
    /// <exception cref="ArgumentException">A code stands twice, or an alias names no unit.</exception>
    public UnitBook(IEnumerable<Unit> units, IEnumerable<KeyValuePair<string, string>> aliases)
    {
        byCode = units.ToDictionary(unit => unit.Code);
        foreach (var unit in byCode.Values)
            bySpelling[Fold(unit.Code)] = unit;
        foreach (var (alias, code) in aliases)
        {
            bySpelling[Fold(alias)] = byCode.TryGetValue(code, out var unit)
                ? unit
                : throw new ArgumentException($"Alias \"{alias}\" names no unit: {code}");
        }
    }

    public IReadOnlyCollection<Unit> All => byCode.Values;

    /// <summary>The unit with this code; the code comes from our own tables.</summary>
    public Unit this[string code] => byCode[code];

    /// <summary>The unit that a person wrote, or null: unknown is a problem, never a guess.</summary>
    public Unit? Find(string spelling) => bySpelling.GetValueOrDefault(Fold(spelling));

    // NFKC makes one of µ (U+00B5) and μ (U+03BC), and of superscripts and digits; spaces carry no meaning in a unit.
    // Case does: mg and Mg differ by nine powers of ten.
    private static string Fold(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
}
