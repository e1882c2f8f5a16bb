using System.Text.RegularExpressions;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Commands;

/// <summary>What the headers of a file of an auditor mean to an index.</summary>
/// <param name="seed">The parameters and units that are known.</param>
/// <param name="medium">"air": of its samples.</param>
/// <param name="uses">Whether the index needs the parameter of this code.</param>
internal sealed partial class AssessHeader(ReferenceData seed, string medium, Func<string, bool> uses)
{
    private static readonly char[] Between = [' ', '_', '-', '(', ')', '[', ']', '/', ':', '%'];

    private readonly List<Parameter> used = [.. seed.Parameters.All.Where(parameter => uses(parameter.Code))];

    /// <summary>The code of the parameter, by any of its spellings, alone or with its unit: "PM2.5 (µg/m3)"; null where the index does not need it, or in another unit.</summary>
    public string? Find(string header)
    {
        if (Used(header) is { } plain)
            return plain.Code;
        var parts = WithUnit().Match(header);
        return parts.Success && Used(parts.Groups["name"].Value) is { } parameter && seed.Units.Find(parts.Groups["unit"].Value.Trim())?.FactorTo(parameter.Unit) == 1 ? parameter.Code : null;
    }

    /// <summary>The parameter that a header which is not understood seems to mean: of "NO2_ppb", "BOD" or "DO (%)" nobody may think that it was counted.</summary>
    public Parameter? Near(string header)
    {
        if (seed.Parameters.Find(header, medium) is not null)
            return null;
        var words = Words.Fold(header).Split(Between, StringSplitOptions.RemoveEmptyEntries);
        return used.Find(parameter => words.Any(word => IsPartOf(word, parameter)) || Squeezed(header) == Squeezed(parameter.Code)
            || Words.WithoutDiacritics(header).Contains(Words.WithoutDiacritics(parameter.NameVi), StringComparison.Ordinal));
    }

    private Parameter? Used(string name) => seed.Parameters.Find(name, medium) is { } parameter && uses(parameter.Code) ? parameter : null;

    // "no3" of N-NO3; "bod" of BOD5.
    private static bool IsPartOf(string word, Parameter parameter) => Words.Fold(parameter.Code).Split(Between)
        .Any(part => part.Length > 1 && (part == word || word.Length > 2 && part.StartsWith(word, StringComparison.Ordinal) && char.IsAsciiDigit(part[^1])));

    private static string Squeezed(string text) => string.Concat(Words.Fold(text).Where(char.IsLetterOrDigit));

    [GeneratedRegex(@"^(?<name>.+?)\s*[(\[](?<unit>[^()\[\]]+(?:\([^()]*\))?)[)\]]$")]
    private static partial Regex WithUnit();
}
