using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>Oxygen in fresh water at one atmosphere, as QĐ 1460/QĐ-TCMT and QĐ 879/QĐ-TCMT give it:
/// DO_sat = a + b·T + c·T² + d·T³, T in °C, DO_sat in mg/L.</summary>
public sealed class OxygenSaturation(IndexTable table)
{
    private readonly decimal a = table.Constant("do_saturation_0");
    private readonly decimal b = table.Constant("do_saturation_1");
    private readonly decimal c = table.Constant("do_saturation_2");
    private readonly decimal d = table.Constant("do_saturation_3");

    /// <summary>mg/L.</summary>
    public decimal At(decimal temperature) => a + temperature * (b + temperature * (c + temperature * d));

    /// <summary>DO% = DO ÷ DO_sat × 100.</summary>
    public decimal PercentOf(decimal oxygen, decimal temperature) => oxygen / At(temperature) * 100;
}
