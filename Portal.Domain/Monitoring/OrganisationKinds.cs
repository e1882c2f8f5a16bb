namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>What an organisation can be (Điều 2, 6.2a, 10), and what may stand under what.</summary>
public static class OrganisationKinds
{
    /// <summary>Kinds of state bodies, of armed forces, and of companies.</summary>
    public static readonly string[] All =
        ["committee", "department", "sub_department", "centre", "body", "board", "police", "armed_forces", "district", "commune", "facility", "parent"];

    // A parent company sees what its subsidiaries hand in; a state body sees by territory, group or list, never by the tree.
    private static readonly string[] Companies = ["facility", "parent"];

    /// <summary>Companies stand under companies, state bodies under state bodies; nothing stands under a guest, and a group not under a facility.</summary>
    public static bool MayStandUnder(string kind, string parent) =>
        kind != "public" && parent != "public" && Companies.Contains(kind) == Companies.Contains(parent) && !(kind == "parent" && parent == "facility");

    /// <summary>Capital letters, digits and hyphens, two to twenty of them.</summary>
    public static bool IsCode(string code) =>
        code.Length is >= 2 and <= 20 && code.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
