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

    /// <summary>Asks for a few words, such as a reason or the password, and does something with them.</summary>
    /// <param name="label">What the words are.</param>
    /// <param name="act">What the button says: the act itself.</param>
    /// <param name="hurts">Whether something is lost by it.</param>
    /// <param name="run">Does it; gives what is wrong with the words, null where it is done.</param>
    /// <param name="most">Letters that the words have at most.</param>
    /// <param name="sentences">What would happen, in numbers.</param>
    /// <returns>Whether it was done.</returns>
    public static async Task<bool> AskWordsAsync(
        this IDialogService dialogs, string title, string label, string act, bool hurts, Func<string, Task<string?>> run, int most = 500, InputType kind = InputType.Text, params IReadOnlyList<string> sentences)
    {
        var shown = await dialogs.ShowAsync<WordsDialog>(title, new DialogParameters<WordsDialog>
        {
            { dialog => dialog.Label, label }, { dialog => dialog.Do, act }, { dialog => dialog.Hurts, hurts }, { dialog => dialog.Run, run }, { dialog => dialog.Most, most },
            { dialog => dialog.Kind, kind }, { dialog => dialog.Sentences, sentences },
        });
        return await shown.Result is { Canceled: false };
    }
}
