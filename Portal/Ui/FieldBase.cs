using Microsoft.AspNetCore.Components;

namespace QuanTrac.Portal.Ui;

/// <summary>What every field has: its label above, and what is wrong with it below.</summary>
public abstract class FieldBase<T> : PortalComponent
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public T? Value { get; set; }

    [Parameter]
    public EventCallback<T> ValueChanged { get; set; }

    /// <summary>By which a <see cref="FormFault"/>, and a form that is sent beside the circuit, name the field.</summary>
    [Parameter]
    public string? Name { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>Below the field, where its label does not say enough.</summary>
    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public bool Required { get; set; }

    [Parameter(CaptureUnmatchedValues = true)]
    public Dictionary<string, object?> More { get; set; } = [];

    /// <summary>What is wrong with the form that the field stands in.</summary>
    [CascadingParameter]
    public FormFault? Fault { get; set; }

    /// <summary>Takes what was chosen and tells the page. Kept here first: drawn once more before the page answers, a component of MudBlazor would be handed the old value and go back to it.</summary>
    protected Task TakeAsync(T? value)
    {
        Value = value;
        return ValueChanged.InvokeAsync(value);
    }

    /// <summary>What is said below the field; null where nothing is wrong with it.</summary>
    protected string? Told => Name is not null && Fault?.Field == Name ? Fault.Text : null;

    /// <summary>Of the element that is typed into.</summary>
    protected Dictionary<string, object?> Attributes(bool named)
    {
        var attributes = new Dictionary<string, object?>(More);
        attributes.TryAdd("autocomplete", "off");
        if (Name is not null)
            attributes[named ? "name" : "data-field"] = Name;
        return attributes;
    }
}
