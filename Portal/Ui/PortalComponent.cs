using Microsoft.AspNetCore.Components;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Ui;

/// <summary>Every component of the portal (named in <c>_Imports.razor</c>). Where the database fails an act of a person, the page stays as it is, with all that was typed,
/// and <see cref="AwayPanel"/> says so: left to the framework, the fault would throw the page away.</summary>
public abstract class PortalComponent : ComponentBase, IHandleEvent
{
    /// <summary>Null only where a test makes the component by hand.</summary>
    [Inject]
    public LostActs? Lost { get; set; }

    /// <summary>Whether a fault is only a wait that was cut because the page was left, under whatever name a library passes it on.</summary>
    protected static bool IsCut(Exception fault) => fault is OperationCanceledException || fault.InnerException is { } cause && IsCut(cause);

    /// <summary>As ComponentBase does it; of a page that was left in the middle of its work nothing is said in the place of the next.</summary>
    public override Task SetParametersAsync(ParameterView parameters)
    {
        var work = base.SetParametersAsync(parameters);
        return work.IsCompletedSuccessfully ? work : EndAsync(work);
    }

    private static async Task EndAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception fault) when (IsCut(fault))
        {
            // The page was left.
        }
    }

    // As ComponentBase does it: drawn at once, and again when the work is done.
    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        try
        {
            var work = item.InvokeAsync(arg);
            StateHasChanged();
            if (work.IsCompletedSuccessfully)
                return;
            await work;
        }
        catch (Exception fault) when (IsCut(fault))
        {
            return;
        }
        // Of a page that answers one request there is nothing to keep: the request says so (AwayAnswer).
        catch (Exception fault) when (RendererInfo.IsInteractive && Lost?.Take(fault) == true)
        {
            // What the handler had put in order before it failed is drawn.
        }
        StateHasChanged();
    }
}
