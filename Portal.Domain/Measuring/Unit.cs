namespace QuanTrac.Portal.Domain.Measuring;

/// <summary>A unit of the unit book. One <paramref name="Factor"/> of this unit is the base unit of its quantity:
/// 1 µg/L = 0.001 mg/L. Units convert only inside one quantity.</summary>
/// <param name="Code">As written on screen: "mg/L", "µg/L", "MPN/100mL", "-".</param>
/// <param name="Quantity">What is measured: "mass concentration", "length" …</param>
/// <param name="Factor">Multiplier to the base unit of the quantity; positive.</param>
public sealed record Unit(string Code, string Quantity, decimal Factor, string NameVi, string NameEn)
{
    /// <summary>The multiplier from this unit to <paramref name="other"/>, or null where the quantities differ.</summary>
    public decimal? FactorTo(Unit other) => Quantity == other.Quantity ? Factor / other.Factor : null;
}
