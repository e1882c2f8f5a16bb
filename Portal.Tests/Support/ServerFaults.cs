using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>Keeps what the portal logs as an error: nothing that a test does may bring it about unasked.</summary>
public sealed class ServerFaults : ILoggerProvider
{
    private readonly ConcurrentQueue<string> faults = new();

    /// <summary>What was logged since it was last taken.</summary>
    public IReadOnlyList<string> Take()
    {
        List<string> taken = [];
        while (faults.TryDequeue(out var fault))
            taken.Add(fault);
        return taken;
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, faults);

    public void Dispose()
    {
        // Nothing is held open.
    }

    private sealed class Logger(string category, ConcurrentQueue<string> faults) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Who has left the page needs no focus any more: a menu of the library that closes meanwhile says so as an error.
            if (IsEnabled(logLevel) && exception is not JSDisconnectedException)
                faults.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}
