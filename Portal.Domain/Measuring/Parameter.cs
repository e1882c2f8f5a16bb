namespace QuanTrac.Portal.Domain.Measuring;

/// <summary>What a laboratory determines. <paramref name="Unit"/> is the canonical unit that all its results are kept in.</summary>
/// <param name="Code">"N-NH4", "DO", "Heptachlor&amp;epoxide".</param>
/// <param name="Sort">Place in tables.</param>
public sealed record Parameter(string Code, string NameVi, string NameEn, Unit Unit, int Sort);
