using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Access;

/// <summary>The wires of this node's circuits: no more than may be, and cut where the session is over, whatever the browser does.</summary>
public sealed class SessionConnections(CircuitLimits limits) : IHubFilter
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (CircuitLimits.Visitor Whose, HubCallerContext Wire)> wires = [];

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var whose = Of(context.Context.User);
        lock (gate)
        {
            if (!limits.Allow(whose, [.. wires.Values.Select(wire => wire.Whose)]))
            {
                context.Context.Abort();
                return Task.CompletedTask;
            }
            wires[context.Context.ConnectionId] = (whose, context.Context);
        }
        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        lock (gate)
            wires.Remove(context.Context.ConnectionId);
        return next(context, exception);
    }

    /// <summary>Whether one more page of somebody would get its wire.</summary>
    public bool HasRoomFor(ClaimsPrincipal user)
    {
        lock (gate)
            return limits.Allow(Of(user), [.. wires.Values.Select(wire => wire.Whose)]);
    }

    public IEnumerable<Guid> Sessions
    {
        get
        {
            lock (gate)
                return wires.Values.Select(wire => wire.Whose.Session).OfType<Guid>().ToList();
        }
    }

    public void Cut(Guid session)
    {
        List<HubCallerContext> over;
        lock (gate)
            over = [.. wires.Values.Where(wire => wire.Whose.Session == session).Select(wire => wire.Wire)];
        foreach (var wire in over)
            wire.Abort();
    }

    private static CircuitLimits.Visitor Of(ClaimsPrincipal? user)
    {
        var access = user is null ? null : AccessClaims.Read(user);
        var guest = access is null or { Role: Role.Guest };
        return new(SessionBook.Of(user), guest, Networks.Of(IPAddress.TryParse(access?.From, out var from) ? from : null), guest ? null : access!.AccountId);
    }
}
