using System.Globalization;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What became of something that a restore left behind, in words.</summary>
public static class LeftoverWords
{
    /// <param name="byHand">Whether nobody but a person can do it again.</param>
    /// <returns>Of a badge its tint and word, and what is to be known besides.</returns>
    public static (string Tint, string Word, string Detail) Of(IStringLocalizer<RestoreTexts> texts, Leftover item, bool byHand)
    {
        var outcome = RestoreSentence.Outcome(item.Outcome, CultureInfo.CurrentUICulture);
        return item.State switch
        {
            LeftoverState.Settled => ("good", texts["Left.State.Settled"], texts["Left.Settled", item.SettledBy, Figures.Moment(item.SettledAt!.Value), string.Join(' ', item.Outcome)]),
            LeftoverState.Taken => ("good", texts["Left.State.Taken"], texts["Left.Taken", outcome, item.SettledBy, Figures.Moment(item.SettledAt!.Value)]),
            LeftoverState.Carried => ("good", texts["Left.State.Carried"], texts["Left.Carried"]),
            _ when item.Outcome.Count > 0 => ("bad", texts["Left.State.Failed"], outcome),
            _ => ("open", texts["Left.State.Open"], byHand ? texts["Left.HandMade"] : ""),
        };
    }
}
