using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace QuanTrac.Portal.Ui;

/// <summary>Where whoever works by keyboard goes on.</summary>
public static class Focus
{
    /// <summary>Focuses an element; one that left the page before it was reached has nothing to focus.</summary>
    public static async Task FocusIfThereAsync(this ElementReference element, bool preventScroll = false)
    {
        try
        {
            await element.FocusAsync(preventScroll);
        }
        catch (Exception fault) when (fault is JSException or JSDisconnectedException or OperationCanceledException)
        {
        }
    }
}
