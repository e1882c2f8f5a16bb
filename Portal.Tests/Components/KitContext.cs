using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Personal;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>Components without a browser and without a database, in Vietnamese. Whatever reads the database is tried with the real one.</summary>
public abstract class KitContext : BunitContext
{
    protected KitContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddLogging();
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddTransient<MudLocalizer, MudTexts>();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<DatabaseAbsence>();
        Services.AddScoped<LostActs>();
        Services.AddSingleton<ReadyFiles>();
        Services.AddHttpContextAccessor();
        Services.AddScoped<CurrentAccess>();
        // Nothing here reaches it: without a draft a form asks for none.
        Services.AddSingleton(new PortalDatabase(_ => "Host=/nowhere;Username=nobody"));
        Services.AddScoped<Drafts>().AddScoped<ListViews>();
        AddAuthorization();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi-VN");
    }

    /// <summary>What floats over a page: menus, dialogs, what is said at the edge.</summary>
    protected IRenderedComponent<MudDialogProvider> Floats() => Render<MudDialogProvider>();

    /// <summary>The text of an element as a person reads it: blanks in a row are one, and what stands in a small line of its own is a word of its own.</summary>
    protected static string Words(AngleSharp.Dom.INode node) => string.Join(' ', Read(node).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Read(AngleSharp.Dom.INode node) => node is AngleSharp.Dom.IText text ? text.Data
        : string.Concat(node.ChildNodes.Select(child => child is AngleSharp.Html.Dom.IHtmlElement { LocalName: "small" or "p" or "li" or "td" or "th" or "div" } ? $" {Read(child)} " : Read(child)));

    /// <summary>A fragment of plain text.</summary>
    protected static RenderFragment Text(string words) => builder => builder.AddContent(0, words);
}
