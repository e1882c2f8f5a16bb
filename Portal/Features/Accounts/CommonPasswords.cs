using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>The passwords that are tried first, of <c>seed/common_passwords.txt</c>; one is known again in other letters, with other digits at its ends
/// and with digits in place of letters.</summary>
public sealed class CommonPasswords
{
    // Fewer different signs than this are a pattern, not a password.
    private const int FewestSigns = 5;

    // What stays of a word once its ends are off must still be a word.
    private const int ShortestWord = 4;

    private const string Alike = "4a@a3e1i!i|i0o5s$s7t";

    private readonly Lazy<FrozenSet<string>> known = new(() => File.ReadLines(Path.Combine(PortalHome.Seed, "common_passwords.txt"))
        .Where(line => !line.StartsWith('#')).SelectMany(Faces).ToFrozenSet(StringComparer.Ordinal));

    public bool Has(string password)
    {
        var plain = Plain(password);
        return plain.Distinct().Count() < FewestSigns || IsRun(plain) || Faces(password).Any(known.Value.Contains);
    }

    /// <summary>Lower case, without marks and spaces, digits read as the letters they stand for: what a word of it is looked for in.</summary>
    public static string Read(string text) => string.Concat(Plain(text).Select(Letter));

    // As it is, and the word in it.
    private static IEnumerable<string> Faces(string password)
    {
        var plain = Plain(password);
        yield return plain;
        // The ends first: a year is a year, and not letters.
        var word = string.Concat(plain.Trim([.. plain.Where(sign => !char.IsAsciiLetter(sign)).Distinct()]).Select(Letter));
        if (word.Length < ShortestWord)
            yield break;
        yield return word;
        if (word.Length % 2 == 0 && word[..(word.Length / 2)] == word[(word.Length / 2)..])
            yield return word[..(word.Length / 2)];
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var sign in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark && !char.IsWhiteSpace(sign))
                plain.Append(sign == 'đ' ? 'd' : sign);
        }
        return plain.ToString();
    }

    private static char Letter(char sign) => Alike.IndexOf(sign, StringComparison.Ordinal) is var at and >= 0 && at % 2 == 0 ? Alike[at + 1] : sign;

    // abcdefghijkl, 987654321098.
    private static bool IsRun(string plain)
    {
        var steps = plain.Zip(plain.Skip(1), (one, next) => next - one).Distinct().ToList();
        return steps.Count == 1;
    }
}
