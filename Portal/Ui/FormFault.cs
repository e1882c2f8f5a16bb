namespace QuanTrac.Portal.Ui;

/// <summary>What is wrong with what was typed, as the person is told.</summary>
/// <param name="Text">A sentence: what is wrong, and what to do about it.</param>
/// <param name="Field">Name of the field where it is said; null where it is about the form as a whole.</param>
public sealed record FormFault(string Text, string? Field = null)
{
    /// <summary>Nothing is wrong, and nothing is done: the form stays, with what is to be looked at first.</summary>
    public static FormFault NotYet { get; } = new("");
}
