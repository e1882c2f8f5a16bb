namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>Numbers by their rank, without sorting them all: Hoare's FIND (1961). Cheapest where ranks are asked for in ascending order.</summary>
internal ref struct Selection(Span<double> numbers)
{
    private const int SortBelow = 32;

    private readonly Span<double> numbers = numbers;
    private int placed = -1;

    /// <summary>The number of a rank, from 0.</summary>
    public double this[int rank]
    {
        get
        {
            // Before the place of the last answer stand the smaller numbers, behind it the larger.
            if (rank == placed + 1)
                PlaceLeast(numbers[rank..]);
            else if (rank > placed)
                Place(numbers[(placed + 1)..], rank - placed - 1);
            else if (rank < placed)
                Place(numbers[..placed], rank);
            placed = rank;
            return numbers[rank];
        }
    }

    private static void PlaceLeast(Span<double> part)
    {
        var least = 0;
        for (var at = 1; at < part.Length; at++)
        {
            if (part[at] < part[least])
                least = at;
        }
        (part[0], part[least]) = (part[least], part[0]);
    }

    private static void Place(Span<double> part, int rank)
    {
        while (part.Length > SortBelow)
        {
            var pivot = Middle(part[0], part[part.Length / 2], part[^1]);
            var (left, right) = (0, part.Length - 1);
            while (left <= right)
            {
                while (part[left] < pivot)
                    left++;
                while (part[right] > pivot)
                    right--;
                if (left > right)
                    break;
                (part[left], part[right]) = (part[right], part[left]);
                left++;
                right--;
            }
            if (rank <= right)
                part = part[..(right + 1)];
            else if (rank < left)
                return;
            else
            {
                part = part[left..];
                rank -= left;
            }
        }
        part.Sort();
    }

    private static double Middle(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
