namespace QuanTrac.Portal.Domain.Intake;

/// <summary>The rules of intake; each has a text in both languages. The facts that come with a rule stand beside it.</summary>
public enum ProblemCode
{
    // The file: nothing of it is taken.

    /// <summary>Facts: found ("PDF", "HTML", "unknown" …).</summary>
    NotAWorkbook,

    /// <summary>A workbook of Excel 97-2003 (.xls) or binary (.xlsb): save as .xlsx.</summary>
    OldWorkbook,
    EncryptedWorkbook,
    MacroWorkbook,

    /// <summary>Facts: rule ("total", "ratio", "parts", "text"), limit, found.</summary>
    ZipBomb,

    /// <summary>Facts: limit and found, in bytes.</summary>
    FileTooLarge,
    FileEmpty,

    /// <summary>The workbook or the text breaks off. Facts: detail.</summary>
    FileBroken,

    /// <summary>Facts: encoding ("UTF-16", "not UTF-8"), position of the first byte.</summary>
    WrongEncoding,

    /// <summary>Facts: limit.</summary>
    TooManyColumns,

    /// <summary>Facts: limit.</summary>
    TooManyFormulas,

    /// <summary>A row below the last that a spreadsheet has. Facts: limit, found.</summary>
    RowBeyondSheet,

    /// <summary>A column to the right of the last that a spreadsheet has. Facts: limit and found, as letters.</summary>
    ColumnBeyondSheet,

    /// <summary>A row or cell stands where another has stood, or names a place that is none. Facts: found.</summary>
    CellsOutOfOrder,

    /// <summary>Facts: limit, in characters.</summary>
    CellTooLong,

    /// <summary>Few cells so far from one another that the table between them is too large to read. Facts: rows, columns (the last, as letters), limit (places).</summary>
    SheetTooWide,

    /// <summary>The check did not come to its end in its time. Facts: limit, in seconds.</summary>
    CheckTooLong,

    /// <summary>The check needed more memory than one file may. Facts: limit, in megabytes.</summary>
    CheckTooLarge,

    /// <summary>Crossed-out cells, notes and errors without end. Facts: limit.</summary>
    TooManyMarkedCells,

    /// <summary>The cells seen are not those taken, refused and left out: a fault of the portal's. Facts: seen, taken, refused, leftout.</summary>
    CountsDiffer,

    /// <summary>A row has more fields than the header, in a file whose fields and decimals have the same mark: every number may be cut. Facts: found, expected.</summary>
    DecimalCommaSeparates,

    /// <summary>Commas part the columns of a file that writes its decimals with a comma, and no cell has a decimal: they may have been cut.</summary>
    DecimalsGone,

    /// <summary>Facts: layout, expected (the headers that are missing), found (the headers of the row).</summary>
    WrongHeader,

    /// <summary>The same header stands over two columns. Facts: first (column letter).</summary>
    HeaderTwice,

    /// <summary>Several layouts fit equally well: name one. Facts: layouts.</summary>
    AmbiguousLayout,

    // The row: its values are refused. Facts: refused (how many).
    SiteMissing,
    UnknownSite,

    /// <summary>Facts: site.</summary>
    SiteOfAnotherOrganisation,

    /// <summary>No programme of the data group and medium samples the site. Facts: site, group, medium.</summary>
    SiteInNoProgramme,
    PeriodUnreadable,

    /// <summary>Facts: today.</summary>
    PeriodInFuture,
    UnknownMedium,
    UnknownDataGroup,

    /// <summary>No number of metres, or below zero.</summary>
    DepthUnreadable,

    /// <summary>A word for the tide that the portal does not know.</summary>
    TideUnknown,
    ReplicateUnreadable,

    /// <summary>Another row of the same sample says another laboratory, report or campaign. Facts: row, field, first.</summary>
    SampleContradicts,

    /// <summary>More fields than the header has. Facts: found, expected.</summary>
    FieldsMore,

    /// <summary>A header of another kind stands above in the middle of the sheet. Facts: row (of that header).</summary>
    UnderUnknownHeader,

    /// <summary>"&lt;" stands alone in a column that is not read.</summary>
    SignBesideValue,

    // The cell: it is refused. In a cell that tells of which sample the row is, the row.

    /// <summary>Facts: error ("#N/A").</summary>
    ErrorCell,

    /// <summary>Crossed out.</summary>
    StruckCell,

    /// <summary>A raised or lowered part is glued to it: "7,5¹" would be 7,51.</summary>
    RaisedPart,

    /// <summary>A merged cell shows one value for several places.</summary>
    MergedValue,

    /// <summary>The format of the cell shows something else than it holds. Facts: holds.</summary>
    ShowsOther,

    /// <summary>-999, -9999: no value, but the mark of a missing one.</summary>
    SentinelValue,

    /// <summary>The column of signs says something else than "&lt;", "&gt;" or nothing, or contradicts the value. Facts: sign.</summary>
    QualifierUnknown,
    UnknownParameter,

    /// <summary>A parameter that is not measured in this medium. Facts: parameter, medium, unit.</summary>
    ParameterOfOtherMedium,

    /// <summary>Facts: parameter.</summary>
    UnknownUnit,

    /// <summary>Facts: parameter, unit, expected (the canonical unit).</summary>
    UnitDoesNotFit,
    ValueMissing,
    NotANumber,

    /// <summary>"1.000" in a comma sheet, or "2,400" beside whole numbers: a thousand or one. Facts: mark (the file's decimal mark).</summary>
    AmbiguousSeparator,

    /// <summary>"&lt;-1", "&lt;0": a bound that nothing can lie below.</summary>
    NegativeBound,

    /// <summary>A negative concentration. Facts: parameter, unit.</summary>
    NegativeValue,
    FormulaCell,

    /// <summary>The database holds another value for the same sample and parameter. Facts: stored, site, parameter.</summary>
    ValueDiffersFromStored,

    /// <summary>The same sample and parameter with another value: both are refused. Facts: sheet, row, column, value of the first.</summary>
    DuplicateDiffers,

    // Taken, once acknowledged.

    /// <summary>"&gt; x": the end of the range of the method.</summary>
    RightCensored,

    /// <summary>A column that the layout does not know: it is not read.</summary>
    UnknownColumn,

    /// <summary>A column with values and no header: it is not read.</summary>
    ColumnWithoutHeader,

    /// <summary>Fewer fields than the header has: what is missing counts as not reported. Facts: found, expected.</summary>
    FieldsFewer,

    /// <summary>Rows that are hidden or filtered away, with values that are taken.</summary>
    HiddenRow,

    /// <summary>A hidden column with values that are taken.</summary>
    HiddenColumn,

    /// <summary>Beyond what is plausible for the parameter in its medium. Facts: parameter, unit, lower, upper ("" where there is none).</summary>
    Implausible,

    /// <summary>The sheet's row of units says another unit than the layout; it is read and converted. Facts: parameter, unit (of the sheet), expected (of the layout).</summary>
    UnitsRowDiffers,

    /// <summary>A text above the table names another unit than that of most columns of the layout. Facts: unit, expected.</summary>
    UnitInTitle,

    /// <summary>The workbook points to other files; nothing is fetched from them. Facts: count.</summary>
    ExternalLinks,

    /// <summary>The sheet's row of limits and the loaded limit differ. Facts: parameter, unit, sheet, loaded.</summary>
    LimitDiffers,

    // Taken.

    /// <summary>The sheet states a limit where none is loaded, or the other way round. Facts: parameter, unit, sheet, loaded.</summary>
    LimitOnOneSideOnly,

    /// <summary>Facts: compared, different.</summary>
    LimitsCompared,

    /// <summary>A dot in a comma file (or the reverse) where it can only be a decimal mark. Facts: mark.</summary>
    OtherDecimalMark,

    /// <summary>More than 15 significant digits, as exports of binary fractions have them: "15.799999999999999" is 15.8.</summary>
    RoundedTo15Digits,

    /// <summary>The same sample, parameter and value stand in the file twice; counted once. Facts: sheet, row, column.</summary>
    DuplicateSame,

    /// <summary>Facts: site, registered.</summary>
    SiteNameDiffers,

    /// <summary>A row without site and values.</summary>
    NoteRow,

    /// <summary>A row of units under the header: the values below are read in them.</summary>
    UnitsRow,

    /// <summary>The header stands again, perhaps in another order: the rows below are read by it.</summary>
    HeaderAgain,

    /// <summary>Facts: cells (how many are not read).</summary>
    HiddenSheetSkipped,

    /// <summary>A column of the layout that the sheet does not have. Facts: expected.</summary>
    ColumnAbsent,
}

public static class ProblemCodes
{
    /// <summary>Each rule has one severity.</summary>
    public static Severity Severity(this ProblemCode code) => code switch
    {
        <= ProblemCode.AmbiguousLayout => Intake.Severity.Blocker,
        <= ProblemCode.DuplicateDiffers => Intake.Severity.Error,
        <= ProblemCode.LimitDiffers => Intake.Severity.Warning,
        _ => Intake.Severity.Information,
    };
}
