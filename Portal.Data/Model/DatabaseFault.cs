using Npgsql;

namespace QuanTrac.Portal.Data.Model;

/// <summary>What keeps the database from working, whoever asks: no mistake of the portal's and none of the person's.</summary>
public enum DatabaseLack
{
    /// <summary>It does not answer, takes no more connections, or takes no writes for now.</summary>
    Away,

    /// <summary>It has no room left to write.</summary>
    NoRoom,
}

/// <summary>Tells such a fault from all others.</summary>
public static class DatabaseFault
{
    // Linux: ENOSPC and EDQUOT, as .NET gives them.
    private static readonly int[] NoRoomOnDisk = [28, 122];

    /// <summary>What the database lacks by this fault or by one that it was caused by; null where it is none of the database's.</summary>
    public static DatabaseLack? Of(Exception? fault) => Find(fault)?.Lack;

    /// <summary>What the fault says of itself, without what was wrapped around it.</summary>
    public static string Words(Exception fault) => (Find(fault)?.Cause ?? fault).Message;

    private static (Exception Cause, DatabaseLack Lack)? Find(Exception? fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (OfOne(cause) is { } lack)
                return (cause, lack);
        }
        return fault is AggregateException many ? many.InnerExceptions.Select(Find).FirstOrDefault(found => found is not null) : null;
    }

    /// <summary>Whether the disk under the files is full, which is no fault of the database's.</summary>
    public static bool IsDiskFull(Exception fault) => fault is IOException && NoRoomOnDisk.Contains(fault.HResult);

    private static DatabaseLack? OfOne(Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => DatabaseLack.NoRoom,
        // Connections (08), operator intervention (57P: stopped, crashed, starting), resources (53), a standby that writes nothing, the disk below.
        PostgresException { SqlState: var state } => state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal)
            || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.IoError ? DatabaseLack.Away : null,
        NpgsqlOperationInProgressException => null,
        // The wire broke, nobody listens, no connection came free in time.
        NpgsqlException { IsTransient: true } => DatabaseLack.Away,
        _ => null,
    };
}
