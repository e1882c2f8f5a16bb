namespace QuanTrac.Portal.Domain.Standards;

/// <summary>The mean that a limit judges.</summary>
public enum Averaging
{
    /// <summary>Each value by itself.</summary>
    Single,

    /// <summary>The arithmetic mean of a site's year (QCVN 08:2023).</summary>
    Annual,
}
