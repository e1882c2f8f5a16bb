namespace QuanTrac.Portal.Shell;

/// <summary>Keeps a return address inside the portal.</summary>
public static class LocalAddress
{
    /// <summary>The address where it is a path of this site, else "/". "//host" and "/\host" lead elsewhere; control characters are dropped by browsers.</summary>
    public static string OrHome(string? address)
    {
        var local = address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);
        return local ? address! : "/";
    }
}
