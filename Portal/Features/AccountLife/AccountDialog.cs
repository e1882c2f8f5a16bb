using Microsoft.AspNetCore.Components;
using MudBlazor;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>A form about one account in a dialog. It closes with an <see cref="AccountDone"/>.</summary>
public abstract class AccountDialog : PortalComponent, IDisposable
{
    private readonly CancellationTokenSource gone = new();

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required Domain.Access.Access Access { get; set; }

    [Parameter, EditorRequired]
    public required AccountDetail Account { get; set; }

    /// <summary>What is said once it is done.</summary>
    protected AccountDone? Done { get; set; }

    protected CancellationToken Gone => gone.Token;

    protected void Close() => Dialog.Close(DialogResult.Ok(Done));

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        GC.SuppressFinalize(this);
    }
}
