using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Bench;

/// <summary>Workbooks of the agency's wide layout, as large as asked for.</summary>
internal static class LargeWorkbook
{
    private const int FirstYear = 2016;

    /// <summary>Sea stations T1, T2 … in the agency's programme, each with its zone.</summary>
    public static async Task AddSitesAsync(NpgsqlConnection owner, int count)
    {
        await owner.ExecuteAsync(
            """
            INSERT INTO site (code, kind, name_vi, owner_id, origin)
            SELECT 'T' || n, 'station', 'Điểm đo ' || n, o.id, 'local' FROM organisation AS o, generate_series(1, $1) AS n WHERE o.code = 'SONNMT'
            """, default, count);
        await owner.ExecuteAsync(
            """
            INSERT INTO site_position (site_id, valid, longitude, latitude, confidence)
            SELECT id, daterange(NULL, NULL), 107 + id % 100 * 0.01, 20.8 + id % 70 * 0.01, 'low' FROM site WHERE code LIKE 'T%';
            INSERT INTO programme_site (programme_id, data_group, site_id, valid)
            SELECT p.id, p.data_group, s.id, daterange(NULL, NULL) FROM site AS s, programme AS p WHERE s.code LIKE 'T%' AND p.code = 'NB';
            INSERT INTO site_standard (site_id, medium, standard, column_code, valid, confidence)
            SELECT s.id, c.medium, c.standard, c.code, daterange(NULL, NULL), 'low' FROM site AS s, standard_column AS c
            WHERE s.code LIKE 'T%' AND c.standard LIKE 'QCVN 10:2023%' AND c.code = '0-6';
            ANALYZE;
            """, default);
    }

    /// <summary>One row for each site and quarter; the parameters after the first <paramref name="numbers"/> are not analysed.</summary>
    /// <param name="firstQuarter">Quarters after the first of 2016.</param>
    public static void Write(string path, int sites, int quarters, int firstQuarter, int numbers)
    {
        var layout = LayoutFiles.Read(PortalHome.Layouts).First(known => known.Code == "agency-sea-wide");
        using var document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        var part = workbook.AddNewPart<WorksheetPart>();
        using (var writer = OpenXmlWriter.Create(part))
        {
            writer.WriteStartElement(new Worksheet());
            writer.WriteStartElement(new SheetData());
            WriteRow(writer, []);
            WriteRow(writer, ["Vị trí quan trắc", "KHM", "Quý", .. layout.Parameters.Select(parameter => parameter.Header)]);
            WriteRow(writer, ["QCVN 10:2023/BTNMT"]);
            for (var row = 0; row < sites * quarters; row++)
                WriteRow(writer, Cells(1 + row / quarters, firstQuarter + row % quarters, layout.Parameters.Count, numbers));
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = "Đo", SheetId = 1, Id = workbook.GetIdOfPart(part) }));
    }

    // Every third value a non-detect; the others differ from row to row, as measured values do.
    private static IEnumerable<object?> Cells(int site, int quarter, int parameters, int numbers)
    {
        yield return null;
        yield return string.Create(CultureInfo.InvariantCulture, $"T{site}");
        yield return string.Create(CultureInfo.InvariantCulture, $"Quý {quarter % 4 + 1} {FirstYear + quarter / 4}");
        for (var column = 0; column < parameters; column++)
            yield return column >= numbers ? "x" : column % 3 == 2 ? "<0,0002" : Math.Round((site * 31 + quarter * 17 + column * 7) % 97 / 20.0 + 0.001, 3);
    }

    private static void WriteRow(OpenXmlWriter writer, IEnumerable<object?> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells)
        {
            writer.WriteElement(cell switch
            {
                string text => new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) },
                double number => new Cell(new CellValue(number)),
                _ => new Cell(),
            });
        }
        writer.WriteEndElement();
    }
}
