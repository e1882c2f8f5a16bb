namespace QuanTrac.Portal.Shell;

/// <summary>What a person did on this circuit and the database failed meanwhile: whether it counts nobody knows, and the person is told.</summary>
public sealed class LostActs(DatabaseAbsence absence)
{
    /// <summary>Raised on the circuit.</summary>
    public event Action? Changed;

    public bool Any { get; private set; }

    /// <summary>Whether a fault is the database's: then it is told and nothing else need be done about it.</summary>
    public bool Take(Exception fault)
    {
        if (!absence.Report(fault))
            return false;
        absence.TurnAway();
        Any = true;
        Changed?.Invoke();
        return true;
    }

    /// <summary>The person has been told.</summary>
    public void Forget() => Any = false;
}
