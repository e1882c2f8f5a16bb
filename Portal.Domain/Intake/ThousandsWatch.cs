namespace QuanTrac.Portal.Domain.Intake;

/// <summary>Finds the texts that may be thousands ("2,400") by what else the file says of the same parameter. Nobody can tell from the text alone, and a file has one way of writing.</summary>
internal sealed class ThousandsWatch
{
    // What no pH, oxygen or temperature reaches: a value of hundreds beside one of 2,4 is the sign.
    private const decimal Hundred = 100;

    // So many of one parameter, and all with three digits: that is how the laboratory writes it.
    private const int Habit = 20_000;

    private readonly Dictionary<string, Seen> parameters = [];

    /// <summary>Notes a value that is taken.</summary>
    public void Add(in CheckedCell cell, in NumberReading reading)
    {
        if (!parameters.TryGetValue(cell.Parameter.Code, out var seen))
            parameters[cell.Parameter.Code] = seen = new();
        // Written with the file's own mark where it can only be a decimal mark: then it is one throughout.
        if (reading.Decimals > 0 && !reading.OtherMark && !reading.MayBeThousands || seen.Suspects?.Count >= Habit)
            seen.Suspects = null;
        else if (reading.MayBeThousands)
            seen.Suspects?.Add(cell);
        else if (reading.Value is { IsCensored: false, Number: var number })
            seen.Contradicts |= reading.OtherMark || number >= Hundred;
    }

    /// <summary>The values that stand for two numbers, once the whole file has been seen.</summary>
    public IEnumerable<CheckedCell> Ambiguous => parameters.Values.Where(seen => seen.Contradicts).SelectMany(seen => seen.Suspects ?? []);

    private sealed class Seen
    {
        public List<CheckedCell>? Suspects { get; set; } = [];

        public bool Contradicts { get; set; }
    }
}
