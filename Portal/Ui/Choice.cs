namespace QuanTrac.Portal.Ui;

/// <summary>One of the values of a field that offers some.</summary>
/// <param name="Text">As it is shown, and found by.</param>
public sealed record Choice<T>(T Value, string Text);

/// <summary>Short ways to make choices.</summary>
public static class Choices
{
    /// <summary>Each value with its words.</summary>
    public static IReadOnlyList<Choice<T>> Of<T>(IEnumerable<T> values, Func<T, string> text) => [.. values.Select(value => new Choice<T>(value, text(value)))];

    /// <summary>Codes with their names.</summary>
    public static IReadOnlyList<Choice<string>> Of(IEnumerable<(string Code, string Name)> coded) => [.. coded.Select(one => new Choice<string>(one.Code, one.Name))];
}
