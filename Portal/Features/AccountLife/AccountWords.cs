using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.SecondWord;
using QuanTrac.Portal.Ui;

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

    /// <summary>Whether what is shown is older than what stands in the database: it is to be read anew.</summary>
    public static bool IsStale(this AccountProblem problem) => problem is AccountProblem.Changed or AccountProblem.NotNow or AccountProblem.NotThere;

    /// <summary>Why something was not done, at the field that it is about, where the form has it.</summary>
    /// <param name="fields">Names of the fields of the form.</param>
    public static FormFault Fault(IStringLocalizer texts, AccountProblem problem, params IReadOnlyCollection<string> fields)
    {
        var field = problem switch
        {
            AccountProblem.OrganisationUnknown => "organisation",
            AccountProblem.LetterMissing => "letter",
            AccountProblem.DateWrong => "dated",
            AccountProblem.NameMissing or AccountProblem.PersonTaken => "person",
            AccountProblem.LoginWrong or AccountProblem.LoginTaken => "login",
            AccountProblem.RoleWrong => "role",
            AccountProblem.EmailWrong or AccountProblem.EmailTaken => "email",
            AccountProblem.PhoneWrong => "phone",
            AccountProblem.UntilWrong => "until",
            AccountProblem.ReasonMissing => "reason",
            AccountProblem.AccountUnknown or AccountProblem.AlreadyAsked => "account",
            _ => "",
        };
        return new(Problem(texts, problem), fields.Contains(field) ? field : null);
    }

    /// <summary>Why something was not done.</summary>
    public static string Problem(IStringLocalizer texts, AccountProblem problem) => texts[$"Problem.{problem}", problem switch
    {
        AccountProblem.TooMany => RequestPersons.Most,
        AccountProblem.TooLong => RequestPersons.ReasonCap,
        _ => "",
    }];
}
