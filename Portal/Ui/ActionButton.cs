using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace QuanTrac.Portal.Ui;

/// <summary>Whatever is pressed. It looks like the links beside it that wear the same class of parts.css.</summary>
public sealed class ActionButton : MudButton
{
    public ActionButton() => (Ripple, DropShadow) = (false, false);

    /// <summary>primary (one on a screen: the reader's next action), danger, link, icon, chip; plain without.</summary>
    [Parameter]
    public string? Look { get; set; }

    /// <summary>Sends the form it stands in.</summary>
    [Parameter]
    public bool Sends { get; set; }

    protected override void OnParametersSet()
    {
        ButtonType = Sends ? ButtonType.Submit : ButtonType.Button;
        var look = Look switch
        {
            "link" => "link",
            "icon" => "icon-button",
            "chip" => "chip",
            null => "button",
            _ => $"button {Look}",
        };
        // The parameters of a parent come before each call: its own class is in Class again, unless the parent gave none.
        if (Class?.Contains(look, StringComparison.Ordinal) != true)
            Class = Class is null ? look : $"{look} {Class}";
        base.OnParametersSet();
    }
}
