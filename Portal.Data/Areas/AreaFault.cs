namespace QuanTrac.Portal.Data.Areas;

/// <summary>Why a file with areas is not taken; nothing of it is.</summary>
public enum AreaFault
{
    /// <summary>Neither GeoJSON nor a zipped Shapefile. Fact: the name of the file.</summary>
    KindUnknown,

    /// <summary>Facts: megabytes found, megabytes allowed.</summary>
    FileTooLarge,

    /// <summary>Fact: what the reader of the file said.</summary>
    Broken,

    Empty,

    /// <summary>Facts: features found, allowed.</summary>
    TooManyFeatures,

    /// <summary>Facts: points found or estimated, allowed.</summary>
    TooManyPoints,

    /// <summary>Facts: number of the feature, its kind of geometry.</summary>
    NotPolygon,

    /// <summary>A ring that does not close or has fewer than three corners, or a position that is none. Fact: number of the feature.</summary>
    RingWrong,

    /// <summary>A line crosses itself, or rings lie across each other. Facts: number of the feature, its x and y in the file.</summary>
    CrossesItself,

    /// <summary>The file does not say in which coordinates it is. Facts: its least and greatest x, least and greatest y.</summary>
    CrsNotGiven,

    /// <summary>Fact: what the file says.</summary>
    CrsUnknown,

    /// <summary>VN-2000, but of another meridian. Fact: which.</summary>
    OtherZone,

    /// <summary>Facts: what the file says, what was chosen.</summary>
    CrsContradicts,

    /// <summary>Degrees wanted, metres found. Facts: x and y of a corner.</summary>
    Metres,

    /// <summary>Metres wanted, degrees found. Facts: x and y of a corner.</summary>
    Degrees,

    /// <summary>North stands where east belongs. Facts: x and y of a corner.</summary>
    AxesSwapped,

    /// <summary>Facts: number of the feature, its west, east, south and north in WGS84.</summary>
    OutsideProvince,

    /// <summary>Fact: the name of an entry.</summary>
    ZipEntry,

    /// <summary>Facts: megabytes unpacked, allowed.</summary>
    ZipBomb,

    /// <summary>Fact: the file that is missing.</summary>
    ZipIncomplete,

    /// <summary>GDAL or PostGIS did not finish. Fact: seconds allowed.</summary>
    TooSlow,

    /// <summary>GDAL is not installed on the server.</summary>
    ProgramMissing,
}

/// <summary>A fault with its facts: numbers as numbers, names as texts.</summary>
public sealed record AreaProblem(AreaFault Fault, IReadOnlyList<object> Facts);

/// <summary>Thrown inside the reader only; the caller gets the problem.</summary>
internal sealed class AreaException(AreaFault fault, params object[] facts) : Exception(fault.ToString())
{
    public AreaProblem Problem { get; } = new(fault, facts);
}
