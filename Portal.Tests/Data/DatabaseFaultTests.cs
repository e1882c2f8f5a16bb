using System.Net.Sockets;
using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Tests.Data;

public sealed class DatabaseFaultTests
{
    [Theory]
    [InlineData("08006", DatabaseLack.Away)] // connection_failure
    [InlineData("57P01", DatabaseLack.Away)] // admin_shutdown
    [InlineData("57P03", DatabaseLack.Away)] // cannot_connect_now
    [InlineData("53300", DatabaseLack.Away)] // too_many_connections
    [InlineData("53200", DatabaseLack.Away)] // out_of_memory
    [InlineData("25006", DatabaseLack.Away)] // read_only_sql_transaction
    [InlineData("58030", DatabaseLack.Away)] // io_error
    [InlineData("53100", DatabaseLack.NoRoom)] // disk_full
    [InlineData("23505", null)] // unique_violation
    [InlineData("42P01", null)] // undefined_table
    [InlineData("57014", null)] // query_canceled
    [InlineData("40001", null)] // serialization_failure
    public void Of_StateOfTheServer_IsTheDatabasesOrNot(string state, DatabaseLack? lack)
    {
        var fault = new PostgresException("", "ERROR", "ERROR", state);
        Assert.Equal(lack, DatabaseFault.Of(fault));
        Assert.Equal(lack, DatabaseFault.Of(new InvalidOperationException("wrapped", fault)));
        Assert.Equal(lack, DatabaseFault.Of(new AggregateException(new FormatException(), fault)));
    }

    [Fact]
    public void Of_WireOrPool_IsTheDatabases()
    {
        Assert.Equal(DatabaseLack.Away, DatabaseFault.Of(new NpgsqlException("Failed to connect", new SocketException())));
        Assert.Equal(DatabaseLack.Away, DatabaseFault.Of(new NpgsqlException("The connection pool has been exhausted", new TimeoutException())));
        Assert.Equal(DatabaseLack.Away, DatabaseFault.Of(new NpgsqlException("Exception while reading from stream", new EndOfStreamException())));
    }

    [Fact]
    public void Of_OurOwnMistakes_IsNone()
    {
        Assert.Null(DatabaseFault.Of(null));
        Assert.Null(DatabaseFault.Of(new NpgsqlException("Misused")));
        Assert.Null(DatabaseFault.Of(new TimeoutException()));
        Assert.Null(DatabaseFault.Of(new IOException()));
        Assert.Null(DatabaseFault.Of(new OperationCanceledException()));
    }
}
