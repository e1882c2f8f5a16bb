using System.Runtime.InteropServices;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>What the file has said so far, to find what it says twice. Built for millions of cells: 32 bytes for each.</summary>
internal sealed class SeenValues
{
    private readonly Dictionary<SampleKey, CheckedSample> samples = [];
    private readonly List<Seen[]> bySample = [];
    private readonly List<int> taken = [];
    private readonly Dictionary<(string Parameter, string Fraction), int> slots = [];
    private readonly List<string> sheets = [];

    public enum Verdict
    {
        New,
        Same,

        /// <summary>Another value; the first one falls too.</summary>
        Differs,

        /// <summary>A further value where the first has fallen already.</summary>
        DiffersAgain,
    }

    /// <summary>How many samples have a value that stands.</summary>
    public int SamplesTaken => taken.Count(count => count > 0);

    /// <summary>The sample of this key, made at its first row.</summary>
    public CheckedSample SampleOf(KnownSite site, SampleKey key, SampleNotes notes, RawRow row)
    {
        if (samples.TryGetValue(key, out var known))
            return known;
        var sample = new CheckedSample(samples.Count, site, key, notes, row.Sheet, row.Number);
        samples.Add(key, sample);
        bySample.Add([]);
        taken.Add(0);
        return sample;
    }

    /// <summary>Notes the value and tells whether the file said it before, and where.</summary>
    public (Verdict Verdict, CellPlace First, ReportedValue Value) Add(CheckedCell cell)
    {
        ref var seen = ref SlotOf(cell);
        if (!seen.IsSet)
        {
            seen = new Seen(cell.Canonical, cell.Place.Row, SheetNumber(cell.Place.Sheet), (short)cell.Place.Column);
            taken[cell.Sample.Index]++;
            return (Verdict.New, cell.Place, cell.Canonical);
        }
        var first = new CellPlace(sheets[seen.Sheet], seen.Row, seen.Column);
        if (seen.HasFallen)
            return (Verdict.DiffersAgain, first, seen.Value);
        if (seen.Value == cell.Canonical)
            return (Verdict.Same, first, seen.Value);
        seen.HasFallen = true;
        taken[cell.Sample.Index]--;
        return (Verdict.Differs, first, seen.Value);
    }

    /// <summary>A value that was new falls after all.</summary>
    public void TakeBack(CheckedCell cell)
    {
        SlotOf(cell).HasFallen = true;
        taken[cell.Sample.Index]--;
    }

    /// <summary>Whether a value that was new has fallen since.</summary>
    public bool HasFallen(CheckedCell cell) => SlotOf(cell).HasFallen;

    private ref Seen SlotOf(CheckedCell cell)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(slots, (cell.Parameter.Code, cell.Fraction), out var known);
        if (!known)
            slot = slots.Count - 1;
        var values = bySample[cell.Sample.Index];
        if (values.Length <= slot)
        {
            Array.Resize(ref values, Math.Max(slot + 1, Math.Min(slots.Count, values.Length * 2)));
            bySample[cell.Sample.Index] = values;
        }
        return ref values[slot];
    }

    private short SheetNumber(string sheet)
    {
        if (sheets.Count == 0 || sheets[^1] != sheet)
            sheets.Add(sheet);
        return (short)(sheets.Count - 1);
    }

    // Field by field, so that the padding does not grow it to 40 bytes.
    private struct Seen(ReportedValue value, int row, short sheet, short column)
    {
        public readonly int Row = row;
        public readonly short Sheet = sheet;
        public readonly short Column = column;
        public bool HasFallen;
        private readonly byte censoring = (byte)value.Censoring;
        private readonly decimal number = value.Number;

        public readonly ReportedValue Value => new(number, (Censoring)censoring);

        // Rows count from 1.
        public readonly bool IsSet => Row > 0;
    }
}
