using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace QuanTrac.Portal.Ui;

/// <summary>A column that is called by its key where the grid sorts.</summary>
public sealed class KeyedColumn<T> : TemplateColumn<T>
{
    [Parameter, EditorRequired]
    public required string Key { get; set; }

    public override string PropertyName => Key;
}
