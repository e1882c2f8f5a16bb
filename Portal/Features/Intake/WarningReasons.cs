namespace QuanTrac.Portal.Features.Intake;

/// <summary>The reasons of warnings while they are being written; those beyond the listed ones can only share one.</summary>
public sealed class WarningReasons(IReadOnlyList<ProblemView> warnings)
{
    private readonly Dictionary<int, string> written = warnings.ToDictionary(warning => warning.Ordinal, warning => warning.Reason);

    /// <summary>The reason that goes to every warning without one of its own.</summary>
    public string ForAll { get; set; } = "";

    public string this[int ordinal]
    {
        get => written.GetValueOrDefault(ordinal, "");
        set => written[ordinal] = value;
    }

    /// <summary>Writes the common reason wherever there is none.</summary>
    public void UseForAll()
    {
        foreach (var ordinal in written.Where(reason => string.IsNullOrWhiteSpace(reason.Value)).Select(reason => reason.Key).ToList())
            written[ordinal] = ForAll.Trim();
    }

    /// <param name="number">How many warnings the submission has.</param>
    public int Missing(int number) =>
        number - written.Values.Count(reason => !string.IsNullOrWhiteSpace(reason)) is var missing && missing > 0 && SharedByRest(number) ? 0 : missing;

    /// <summary>As <see cref="SubmitSubmission"/> takes them: 0 stands for all without one.</summary>
    public IReadOnlyDictionary<int, string> ToSubmit()
    {
        var given = written.Where(reason => !string.IsNullOrWhiteSpace(reason.Value)).ToDictionary(reason => reason.Key, reason => reason.Value);
        // Last, since a reason once given stays.
        if (!string.IsNullOrWhiteSpace(ForAll))
            given[0] = ForAll;
        return given;
    }

    // All that are listed have one, and the others take the common one.
    private bool SharedByRest(int number) =>
        number > written.Count && !string.IsNullOrWhiteSpace(ForAll) && written.Values.All(reason => !string.IsNullOrWhiteSpace(reason));
}
