using System.Text.Json.Nodes;
using Npgsql;

namespace QuanTrac.Portal.Features.SecondWord;

/// <summary>Why something that takes two persons was not asked, withdrawn or confirmed.</summary>
public enum WordProblem
{
    ReasonMissing,
    TooLong,

    /// <summary>The same is asked already and waits.</summary>
    AlreadyAsked,

    /// <summary>Not there, withdrawn, confirmed by another one, or too old.</summary>
    NotOpen,

    /// <summary>Asked by oneself, or about one's own account.</summary>
    Own,

    /// <summary>One's own account was granted, reset or opened again so short a time ago that it has no say.</summary>
    Fresh,

    /// <summary>One's own account is locked, over, or an administrator's no longer.</summary>
    Closed,

    /// <summary>The same of whoever asked.</summary>
    AskerFresh,
    AskerClosed,
}

/// <summary>What is asked.</summary>
/// <param name="Kind">As table <c>second_word</c> names it.</param>
/// <param name="Account">Whom it concerns; null where it is no account.</param>
/// <param name="Subject">Shown: the login name, the amount of verdicts.</param>
public sealed record WordAsk(string Kind, int? Account, string Subject, string Reason, object? Facts = null);

/// <summary>What was asked, as it is carried out.</summary>
public sealed record AskedWord(int Id, string Kind, int? Account, string Subject, JsonObject Facts, string Reason, int AskedBy, string AskedName);

/// <summary>A one-time password that came of it, shown this once to whoever confirmed.</summary>
public sealed record GivenPassword(string Person, string Name, string Password);

/// <summary>What carrying out came to.</summary>
/// <param name="Fault">A key of the texts; null where it is done.</param>
public sealed record ActOutcome(string? Fault = null)
{
    public GivenPassword? Given { get; init; }

    /// <summary>What does not fit into the transaction of the word: done after it, by a transaction of its own.</summary>
    public Func<CancellationToken, Task<string?>>? Then { get; init; }
}

/// <summary>A use-case that takes a second word for some of what it does.</summary>
public interface IConfirmedAct
{
    /// <summary>The kinds of table <c>second_word</c> that it carries out.</summary>
    IReadOnlyCollection<string> Kinds { get; }

    /// <summary>Does what was asked, in the transaction of the word.</summary>
    Task<ActOutcome> CarryOutAsync(NpgsqlConnection system, Domain.Access.Access by, AskedWord word, CancellationToken cancel);
}

/// <summary>What confirming came to.</summary>
/// <param name="Problem">Why it was not confirmed.</param>
/// <param name="Fault">Why it could not be carried out: a key of the texts.</param>
public sealed record WordOutcome(WordProblem? Problem, string? Fault = null, GivenPassword? Given = null);
