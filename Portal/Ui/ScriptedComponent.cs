using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace QuanTrac.Portal.Ui;

/// <summary>A component with a module of the browser on its element. The page may be left while the module opens: it is closed then as soon as it has.</summary>
public abstract class ScriptedComponent : PortalComponent, IAsyncDisposable
{
    private IJSObjectReference? module;
    private IJSObjectReference? opened;
    private DotNetObjectReference<ScriptedComponent>? self;
    private bool gone;

    [Inject]
    public IJSRuntime Js { get; set; } = null!;

    /// <summary>Whether the module can be called.</summary>
    protected bool IsOpen => opened is not null && !gone;

    /// <summary>Calls <c>open(element, component, settings)</c> of a module, which answers with an object that has a <c>close()</c>.</summary>
    /// <param name="path">Of the module, such as <c>./Features/Map/SiteMap.razor.js</c>.</param>
    protected Task OpenAsync(string path, ElementReference element, object settings) => QuietlyAsync(async () =>
    {
        module = await Js.InvokeAsync<IJSObjectReference>("import", path);
        if (!gone)
            opened = await module.InvokeAsync<IJSObjectReference>("open", element, self = DotNetObjectReference.Create(this), settings);
        if (gone)
            await CloseModuleAsync();
    });

    /// <summary>Calls a method of what the module opened; nothing before it is open.</summary>
    protected Task CallAsync(string method, params object?[] values) =>
        IsOpen ? QuietlyAsync(() => opened!.InvokeVoidAsync(method, values).AsTask()) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        gone = true;
        await CloseAsync();
        await QuietlyAsync(CloseModuleAsync);
        GC.SuppressFinalize(this);
    }

    /// <summary>What else is to be put in order when it goes.</summary>
    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    private async Task CloseModuleAsync()
    {
        using (self)
        {
            if (opened is not null)
            {
                await opened.InvokeVoidAsync("close");
                await opened.DisposeAsync();
            }
            if (module is not null)
                await module.DisposeAsync();
        }
    }

    // Once the component is gone its element is no more, and once the browser is gone its modules are gone with it.
    private async Task QuietlyAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (JSDisconnectedException)
        {
        }
        catch (Exception fault) when (gone && fault is JSException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }
}
