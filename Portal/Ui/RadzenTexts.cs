using System.Globalization;
using System.Resources;

namespace QuanTrac.Portal.Ui;

/// <summary>What Radzen says by itself, in the reader's language; a word that is missing here stays its own.</summary>
public sealed class RadzenTexts : Radzen.ILocalizer
{
    private static readonly ResourceManager Words = new(typeof(RadzenTexts));

    public string? Get(string key, CultureInfo culture) => Words.GetString(key, culture);
}
