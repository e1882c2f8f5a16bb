using System.Globalization;
using System.Text;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Domain.Accounts;

/// <summary>What an account may be called, and which roles suit an organisation.</summary>
public static class AccountNaming
{
    public const int NameCap = 40;

    // The first part of what somebody who left is called; and words that are addresses beside /accounts/(name).
    private const string Left = "nghi-";
    private static readonly string[] Taken = ["requests", "review", "tokens", "download", "agency", "second-step", "second-word"];

    /// <summary>Small Latin letters, digits, point, hyphen and underscore, three to forty, the first a letter: what can be read out on the telephone.</summary>
    public static bool IsPlain(string name) =>
        name.Length is >= 3 and <= NameCap && char.IsAsciiLetterLower(name[0]) && name.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign is '.' or '-' or '_')
        && !Taken.Contains(name) && !name.StartsWith(Left, StringComparison.Ordinal);

    /// <summary>The name of an account whose person left: "nghi-0042".</summary>
    public static string PseudonymOf(int account) => Left + account.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>One sign "@" with something before it and a name with a point behind it, at most 100 signs, no spaces.</summary>
    public static bool IsEmail(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return email.Length <= 100 && at > 0 && at == email.LastIndexOf('@') && email.IndexOf('.', at) > at + 1 && !email.EndsWith('.')
            && !email.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign) || sign is '<' or '>' or '"' or ',' or ';');
    }

    /// <summary>Empty, or 8 to 15 digits with spaces, points, hyphens, brackets or a plus in front.</summary>
    public static bool IsPhone(string phone) =>
        phone.Length == 0 || (phone.Length <= 20 && phone.All(sign => char.IsAsciiDigit(sign) || sign is ' ' or '.' or '-' or '(' or ')' or '+')
            && phone.Count(char.IsAsciiDigit) is >= 8 and <= 15);

    /// <summary>A name as people write it: composed, one space between words.</summary>
    public static string Tidy(string name) => string.Join(' ', name.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Roles that suit a kind of organisation (Điều 6.2a): administrators belong to the Centre alone.</summary>
    public static IReadOnlyList<Role> RolesOf(string organisationKind) => organisationKind switch
    {
        "centre" => [Role.Manager, Role.Admin],
        "facility" => [Role.Facility],
        "parent" => [Role.Parent],
        "public" => [Role.Guest],
        _ => [Role.Manager],
    };
}
