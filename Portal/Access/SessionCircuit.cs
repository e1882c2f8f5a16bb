using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Access;

/// <summary>One circuit: it lives as long as the session that opened it, and serves nobody else.</summary>
public sealed class SessionCircuit(AuthenticationStateProvider users, NavigationManager navigation, IJSRuntime browser, OpenCircuits circuits, Maintenance maintenance) : CircuitHandler, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private SynchronizationContext? dispatcher;
    private volatile bool over;

    /// <summary>Null where nobody is signed in.</summary>
    public Guid? Session { get; private set; }

    /// <summary>Whether it has ended for whoever opened it.</summary>
    public bool IsOver => over;

    /// <summary>Goes on while the portal is closed: whoever confirmed a restore watches it in this one.</summary>
    public bool Watches { get; set; }

    /// <summary>Who opened it.</summary>
    public Domain.Access.Access? Access { get; private set; }

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        dispatcher = SynchronizationContext.Current;
        var user = (await users.GetAuthenticationStateAsync()).User;
        (Session, Access) = (SessionBook.Of(user), AccessClaims.Read(user));
        users.AuthenticationStateChanged += Follow;
        circuits.Add(circuit.Id, this);
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        circuits.Remove(circuit.Id);
        over = true;
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        // While the portal is closed it waits: nothing typed is lost where the data stay, and where they were replaced the circuit is over first.
        using var work = await BeginAsync();
        // What a browser still sends after the end is not heard.
        if (!over)
            await next(activity);
    };

    private async Task<IDisposable?> BeginAsync()
    {
        while (!over && !Watches)
        {
            if (maintenance.TryWork() is { } work)
                return work;
            await maintenance.WhenOpen;
        }
        return null;
    }

    /// <summary>Hears nothing more, and leads the browser to the door.</summary>
    public void End(string reason)
    {
        if (over)
            return;
        over = true;
        var door = SessionBook.DoorAfter(reason, new Uri(navigation.Uri).PathAndQuery);
        dispatcher?.Post(_ => _ = LeadAsync(door), null);
    }

    // Not by the navigation of the circuit: it waits for an answer, and a browser that has gone, or goes now, gives none.
    private async Task LeadAsync(string door)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            await browser.InvokeVoidAsync("Blazor.navigateTo", limit.Token, door, true);
        }
        catch (Exception fault) when (fault is JSException or JSDisconnectedException or OperationCanceledException or InvalidOperationException)
        {
            // Its wire is cut anyway.
        }
    }

    public void Dispose() => users.AuthenticationStateChanged -= Follow;

    // A browser that reconnects as somebody else would go on in the pages of the first.
    private async void Follow(Task<AuthenticationState> change)
    {
        if (SessionBook.Of((await change).User) != Session)
            End(SessionBook.Unknown);
    }
}

/// <summary>The circuits of this node.</summary>
public sealed class OpenCircuits
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, SessionCircuit> circuits = new();

    public IReadOnlyCollection<SessionCircuit> All => [.. circuits.Values];

    public void Add(string id, SessionCircuit circuit) => circuits[id] = circuit;

    public void Remove(string id) => circuits.TryRemove(id, out _);
}
