namespace QuanTrac.Portal.Domain.Desk;

/// <summary>What comes to the desk.</summary>
public enum DeskKind
{
    /// <summary>Technical and professional help (Điều 9.3d).</summary>
    Support,

    /// <summary>Something is wrong with the software or the data (Điều 9.3e).</summary>
    Incident,

    /// <summary>Opinions on the software, the data and the rules (Điều 12).</summary>
    Feedback,
}

/// <summary>How far it has come: mới, đang xử lý, chờ người hỏi, đã trả lời, đóng.</summary>
public enum DeskState
{
    New,
    Working,

    /// <summary>Whoever asked has to say more.</summary>
    Waiting,
    Answered,
    Closed,
}

/// <summary>The states and what may follow on them.</summary>
public static class DeskStates
{
    /// <summary>It is the Centre's turn.</summary>
    public static bool AwaitsOffice(this DeskState state) => state is DeskState.New or DeskState.Working;

    /// <summary>What an item comes to when whoever asked says something or opens it again.</summary>
    /// <param name="owned">Somebody of the Centre has taken it on.</param>
    public static DeskState AfterReply(this DeskState state, bool owned) =>
        state.AwaitsOffice() ? state : owned ? DeskState.Working : DeskState.New;

    /// <summary>As the database writes it.</summary>
    public static string Word<T>(this T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
