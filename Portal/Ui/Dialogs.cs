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

    /// <summary>Asks for a few words, such as a reason or the password, before something is done, and does it.</summary>
    /// <param name="label">What the words are.</param>
    /// <param name="act">What the button says: the act itself.</param>
    /// <param name="hurts">Whether something is lost by it.</param>
    /// <param name="run">Does it with the words; gives what is wrong with them, null where it is done.</param>
    /// <param name="most">Letters that the words have at most.</param>
    /// <param name="sentences">What would happen, in numbers.</param>
    /// <returns>Whether it was done.</returns>
    public static Task<bool> AskWordsAsync(
        this IDialogService dialogs, string title, string label, string act, bool hurts, Func<string, Task<string?>> run, int most = 500, InputType kind = InputType.Text, params IReadOnlyList<string> sentences) =>
        ShowAsync(dialogs, title, act, hurts, label, most, kind, async words => await run(words) is { } wrong ? new(wrong, ReasonDialog.Field) : null, sentences);

    /// <summary>Asks why before something is done, and does it.</summary>
    /// <param name="act">What the button says: the act itself.</param>
    /// <param name="label">Of the field for the reason.</param>
    /// <param name="cap">Letters that the reason may have.</param>
    /// <param name="run">Does it for this reason; what is wrong is said in the dialog, of the field "reason" at the field.</param>
    /// <param name="sentences">What would happen.</param>
    /// <returns>Whether it was done.</returns>
    public static Task<bool> AskReasonAsync(
        this IDialogService dialogs, string title, string act, bool hurts, string label, int cap, Func<string, Task<FormFault?>> run, params IReadOnlyList<string> sentences) =>
        ShowAsync(dialogs, title, act, hurts, label, cap, InputType.Text, run, sentences);

    private static async Task<bool> ShowAsync(
        IDialogService dialogs, string title, string act, bool hurts, string label, int cap, InputType kind, Func<string, Task<FormFault?>> run, IReadOnlyList<string> sentences)
    {
        var shown = await dialogs.ShowAsync<ReasonDialog>(title, new DialogParameters<ReasonDialog>
        {
            { dialog => dialog.Sentences, sentences }, { dialog => dialog.Do, act }, { dialog => dialog.Hurts, hurts }, { dialog => dialog.Label, label }, { dialog => dialog.Cap, cap },
            { dialog => dialog.Kind, kind }, { dialog => dialog.Run, run },
        });
        return await shown.Result is { Canceled: false };
    }
}
