using System.Globalization;
using System.Text;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>One section of a number format.</summary>
internal sealed class FormatSection
{
    private readonly StringBuilder before = new();
    private readonly StringBuilder after = new();
    private int? decimals;
    private int commas;
    private bool isGeneral;

    /// <summary>Stands where a year is shown.</summary>
    public const string Year = "\u0001";

    /// <summary>That of a format that says nothing of numbers.</summary>
    public static FormatSection Usual { get; } = All("General")[0];

    /// <summary>Of numbers it holds for; null where it has no condition.</summary>
    public Func<double, bool>? Condition { get; private set; }

    /// <summary>What stands before and behind the digits.</summary>
    public string Before => before.ToString();

    public string After => after.ToString();

    /// <summary>Its own text has figures: "Quý 3/"yyyy.</summary>
    public bool HasFigures => Before.Concat(After).Any(char.IsAsciiDigit);

    public bool HasDigits { get; private set; }

    /// <summary>A zero is a digit; "#" and "?" leave it out.</summary>
    public bool ShowsZero { get; private set; }

    /// <summary>It is of texts: "@".</summary>
    public bool HasText { get; private set; }

    /// <summary>How often the number is shown a hundredfold.</summary>
    public int Percents { get; private set; }

    /// <summary>How often it is shown as thousands.</summary>
    public int Thousands { get; private set; }

    /// <summary>Digits behind the mark; null where as many as there are.</summary>
    public int? Decimals => isGeneral ? null : decimals ?? 0;

    /// <summary>Which parts of a day it shows.</summary>
    public (bool Day, bool Month, bool Year, bool Hour) Shows { get; private set; }

    public static List<FormatSection> All(string format)
    {
        var sections = new List<FormatSection> { new() };
        for (var at = 0; at < format.Length;)
        {
            if (format[at] == ';')
            {
                sections.Add(new());
                at++;
            }
            else
                at = sections[^1].Read(format, at);
        }
        return sections;
    }

    // Reads what begins there, and tells where the next thing begins.
    private int Read(string format, int at)
    {
        var next = at + 1;
        switch (format[at])
        {
            case '"':
                next = format.IndexOf('"', next) is var quote and >= 0 ? quote + 1 : format.Length;
                Say(format[(at + 1)..Math.Max(at + 1, next - 1)]);
                break;
            case '[':
                next = format.IndexOf(']', next) is var bracket and >= 0 ? bracket + 1 : format.Length;
                ReadBracket(format[(at + 1)..Math.Max(at + 1, next - 1)]);
                break;
            case '\\' when next < format.Length:
                Say(format[next++].ToString());
                break;
            // Room as wide as a letter, or a letter that fills the cell.
            case '_' or '*':
                next++;
                break;
            case 'G' or 'g' when format.AsSpan(at).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                (HasDigits, ShowsZero, isGeneral, next) = (true, true, true, at + 7);
                break;
            case 'E' or 'e' when HasDigits && next < format.Length && format[next] is '+' or '-':
                next++;
                isGeneral = true;
                break;
            default:
                ReadLetter(format[at]);
                break;
        }
        return next;
    }

    private void ReadLetter(char letter)
    {
        switch (letter)
        {
            case '0' or '#' or '?':
                HasDigits = true;
                ShowsZero |= letter == '0';
                // A comma between digits groups them.
                commas = 0;
                Thousands = 0;
                decimals += decimals is null ? 0 : 1;
                break;
            case '.':
                decimals ??= 0;
                break;
            case ',' when HasDigits:
                Thousands = ++commas;
                break;
            case '%':
                Percents++;
                Say("%");
                break;
            case '@':
                HasText = true;
                break;
            default:
                ReadDay(letter);
                break;
        }
    }

    private void ReadDay(char letter)
    {
        var shows = Shows;
        switch (char.ToLowerInvariant(letter))
        {
            case 'd': shows.Day = true; break;
            case 'm': shows.Month = true; break;
            case 'y' when shows.Year: break;
            case 'y': shows.Year = true; Say(Year); break;
            case 'h' or 's': shows.Hour = true; break;
            default: Say(letter.ToString()); return;
        }
        Shows = shows;
    }

    // [<0.03] is a condition, [$€-2] a sign of money; colours and languages change nothing.
    private void ReadBracket(string text)
    {
        var sign = text.AsSpan().IndexOfAnyExcept("<>=");
        if (sign > 0 && double.TryParse(text.AsSpan(sign), NumberStyles.Float, CultureInfo.InvariantCulture, out var bound))
            Condition = text[..sign] switch
            {
                "<" => number => number < bound,
                "<=" => number => number <= bound,
                ">" => number => number > bound,
                ">=" => number => number >= bound,
                "<>" => number => number != bound,
                _ => number => number == bound,
            };
        else if (text.StartsWith('$'))
            Say(text[1..].Split('-')[0]);
        else if (text.ToLowerInvariant() is "h" or "hh" or "m" or "mm" or "s" or "ss")
            Shows = Shows with { Hour = true };
    }

    private void Say(string text) => (HasDigits || HasText ? after : before).Append(text);
}
