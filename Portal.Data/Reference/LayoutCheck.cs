using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>Reads the layouts and holds them against the books: a layout must not name what is not there.</summary>
internal sealed class LayoutCheck(MeasuringFiles measuring, IReadOnlySet<string> programmes, FaultList faults)
{
    public IReadOnlyList<Layout> Read(string root)
    {
        try
        {
            var layouts = LayoutFiles.Read(Path.Combine(root, "layouts"))
                .Select(layout => new Located<Layout>($"layouts/{layout.Code}.json", 0, layout)).ToList();
            foreach (var layout in layouts)
                Check(layout);
            return faults.Once(layouts, layout => layout.Code).Select(layout => layout.Item).ToList();
        }
        catch (Exception exception) when (exception is InvalidDataException or DirectoryNotFoundException)
        {
            faults.Add("layouts", 0, ReferenceRule.FileUnreadable, exception.Message);
            return [];
        }
    }

    private void Check(Located<Layout> layout)
    {
        if (layout.Item.Programme is { } programme && !programmes.Contains(programme))
            faults.Add(layout, ReferenceRule.Unknown, $"There is no programme \"{programme}\".");
        if (layout.Item.Medium is { } medium && !measuring.MediumCodes.Contains(medium))
            faults.Add(layout, ReferenceRule.Unknown, $"There is no medium \"{medium}\".");
        foreach (var column in layout.Item.Parameters)
        {
            var (parameter, unit) = (measuring.Parameters.Find(column.Parameter, layout.Item.Medium ?? ""), measuring.Units.Find(column.Unit));
            if (parameter is null || unit is null)
                faults.Add(layout, ReferenceRule.Unknown, $"Column \"{column.Header}\": there is no parameter \"{column.Parameter}\" or no unit \"{column.Unit}\".");
            else if (unit.FactorTo(parameter.Unit) is null)
                faults.Add(layout, ReferenceRule.UnitDoesNotFit, $"Column \"{column.Header}\": {column.Unit} does not convert to {parameter.Unit.Code}.");
        }
    }
}
