namespace QuanTrac.Portal.Data.Files;

/// <summary>What a file is, by its content alone.</summary>
public enum FileKind
{
    /// <summary>Anything else: programs, other documents, what is broken.</summary>
    Other,
    Empty,

    /// <summary>CSV or other plain text.</summary>
    Text,
    GeoJson,

    /// <summary>HTML, SVG, XML: what a browser would show or run.</summary>
    Markup,
    Pdf,
    Png,
    Jpeg,

    /// <summary>Word 97-2003.</summary>
    Doc,

    /// <summary>Excel 97-2003.</summary>
    Xls,
    Docx,
    Xlsx,

    /// <summary>Word or Excel with a program in it.</summary>
    Macros,

    /// <summary>Word or Excel behind a password: nobody can look into it.</summary>
    Encrypted,

    /// <summary>A zipped Shapefile.</summary>
    Shapefile,

    /// <summary>A ZIP of nothing but texts, pictures and documents of the kinds above.</summary>
    Zip,
}
