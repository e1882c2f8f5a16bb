using MudBlazor;

namespace QuanTrac.Portal.Ui;

/// <summary>What is asked in the middle of the work.</summary>
public static class Dialogs
{
    /// <summary>Asks before something is done.</summary>
    /// <param name="act">What the button says: the act itself.</param>
    /// <param name="hurts">Whether something is lost by it.</param>
    /// <param name="stay">What the other button says; "Cancel" where it is null.</param>
    /// <param name="sentences">What would happen, in numbers.</param>
    /// <returns>Whether the person said so.</returns>
    public static async Task<bool> AskAsync(this IDialogService dialogs, string title, string act, bool hurts, string? stay, params IReadOnlyList<string> sentences)
    {
        var shown = await dialogs.ShowAsync<ConfirmDialog>(title, new DialogParameters<ConfirmDialog>
        {
            { dialog => dialog.Sentences, sentences }, { dialog => dialog.Do, act }, { dialog => dialog.Hurts, hurts }, { dialog => dialog.Stay, stay },
        });
        return await shown.Result is { Canceled: false };
    }
}
