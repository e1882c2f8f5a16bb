namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>The version of the rules in this folder, written beside every finding. Raise it with every change of a verdict.</summary>
public static class Engine
{
    public const string Version = "3";
}
