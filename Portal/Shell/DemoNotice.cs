namespace QuanTrac.Portal.Shell;

/// <summary>Whether the database holds demonstration data, which every page then says.</summary>
public sealed record DemoNotice(bool Shown)
{
    /// <summary>The cookie of who put the banner away, and the class of the page that has it away. Set by shell.js, gone with the session of the browser.</summary>
    public const string Away = "demo-away";
}
