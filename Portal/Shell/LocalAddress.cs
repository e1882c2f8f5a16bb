namespace QuanTrac.Portal.Shell;

/// <summary>Keeps a return address inside the portal.</summary>
public static class LocalAddress
{
    /// <summary>The address where it is a path of this site, else "/". "//host" and "/\host" lead elsewhere; control characters are dropped by browsers. Fit for a header.</summary>
    public static string OrHome(string? address)
    {
        var local = address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);
        // A header takes ASCII alone; what is escaped already stays as it is.
        return local ? string.Concat(address!.EnumerateRunes().Select(sign => sign.IsAscii ? sign.ToString() : Uri.EscapeDataString(sign.ToString()))) : "/";
    }
}
