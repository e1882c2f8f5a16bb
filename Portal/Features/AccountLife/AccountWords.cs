using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Names the texts of the life of accounts for <c>IStringLocalizer</c>.</summary>
public sealed class AccountLifeTexts;

/// <summary>Words of states and problems.</summary>
internal static class AccountWords
{
    public static AccountState StateOf(string word) => Enum.Parse<AccountState>(word.Replace("_", "", StringComparison.Ordinal), true);

    public static RequestState RequestStateOf(string word) => Enum.Parse<RequestState>(word, true);

    public static string Word(this RequestState state) => state.ToString().ToLowerInvariant();

    public static RequestAct ActOf(string word) => Enum.Parse<RequestAct>(word.Replace("_", "", StringComparison.Ordinal), true);

    public static string Word(this RequestAct act) => act == RequestAct.HandOver ? "hand_over" : act.ToString().ToLowerInvariant();

    /// <summary>What came of asking for a second word.</summary>
    public static AccountProblem ProblemOf(WordProblem? asked) => asked switch
    {
        null => AccountProblem.WaitsForSecond,
        WordProblem.ReasonMissing => AccountProblem.ReasonMissing,
        WordProblem.TooLong => AccountProblem.TooLong,
        WordProblem.AlreadyAsked => AccountProblem.AlreadyAsked,
        WordProblem.Own => AccountProblem.OwnAccount,
        _ => AccountProblem.NoWord,
    };

    /// <summary>Why something was not done.</summary>
    public static string Problem(IStringLocalizer texts, AccountProblem problem) => texts[$"Problem.{problem}", problem switch
    {
        AccountProblem.TooMany => RequestPersons.Most,
        AccountProblem.TooLong => RequestPersons.ReasonCap,
        _ => "",
    }];
}
