namespace QuanTrac.Portal.Domain.Measuring;

/// <summary>What a laboratory determines. <paramref name="Unit"/> is the canonical unit that all its results are kept in.</summary>
/// <param name="Code">"N-NH4", "DO", "Heptachlor&amp;epoxide".</param>
/// <param name="Sort">Place in tables.</param>
public sealed record Parameter(string Code, string NameVi, string NameEn, Unit Unit, int Sort)
{
    private static readonly HashSet<string> Gases = ["air", "emission"];
    private static readonly HashSet<string> Solids = ["soil", "sediment"];

    /// <summary>Whether a sample of this medium can hold it: lead in a litre of water, in a cubic metre of air and in a kilogram of soil are three parameters.</summary>
    public bool IsMeasuredIn(string medium) => Unit.Quantity switch
    {
        "mass concentration" => !Solids.Contains(medium) && Gases.Contains(medium) == Unit.Code.EndsWith("m3", StringComparison.Ordinal),
        "mass fraction" => Solids.Contains(medium),
        "bacteria count" or "activity concentration" or "turbidity" or "salinity" or "colour" => !Solids.Contains(medium) && !Gases.Contains(medium),
        "sound level" or "vibration level" => medium == "noise",
        _ => true,
    };
}
