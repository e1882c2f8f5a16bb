namespace QuanTrac.Portal.Shell;

/// <summary>Whether the database holds demonstration data, which every page then says.</summary>
public sealed record DemoNotice(bool Shown);
