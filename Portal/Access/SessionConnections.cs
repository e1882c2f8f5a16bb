using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace QuanTrac.Portal.Access;

/// <summary>The wires of this node's circuits: cut where the session is over, whatever the browser does.</summary>
public sealed class SessionConnections : IHubFilter
{
    private readonly ConcurrentDictionary<string, (Guid Session, HubCallerContext Wire)> wires = new();

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (SessionBook.Of(context.Context.User) is { } session)
            wires[context.Context.ConnectionId] = (session, context.Context);
        await next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        wires.TryRemove(context.Context.ConnectionId, out _);
        return next(context, exception);
    }

    public IEnumerable<Guid> Sessions => wires.Values.Select(wire => wire.Session);

    public void Cut(Guid session)
    {
        foreach (var wire in wires.Values.Where(wire => wire.Session == session))
            wire.Wire.Abort();
    }
}
