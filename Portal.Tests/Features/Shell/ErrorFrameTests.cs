using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Features.Shell;

/// <summary>What is said in the place of a page that failed, and what is no failing.</summary>
public sealed class ErrorFrameTests
{
    [Fact]
    public async Task Page_WhoseWorkFailed_IsAFaultWithAReference()
    {
        var (page, log) = await RenderAsync(new InvalidOperationException("broken"));
        Assert.Contains("<section class=\"fault\" role=\"alert\">", page, StringComparison.Ordinal);
        Assert.Contains("broken", Assert.Single(log), StringComparison.Ordinal);
    }

    /// <summary>A scheduler, a reader or a client passes a cut wait on under a name of its own.</summary>
    [Fact]
    public async Task Page_ThatWasLeftInTheMiddleOfItsWork_IsNoFaultOfTheNext()
    {
        var (page, log) = await RenderAsync(new InvalidOperationException("could not commit", new AggregateException(new OperationCanceledException())));
        Assert.Equal("<p>page</p>", page.Trim());
        Assert.Empty(log);
    }

    private static async Task<(string Page, IReadOnlyList<string> Log)> RenderAsync(Exception fault)
    {
        using var log = new LogLines();
        await using var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(log)).AddLocalization()
            .AddSingleton(TimeProvider.System).AddSingleton<DatabaseAbsence>().AddScoped<LostActs>().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        RenderFragment page = tree =>
        {
            tree.OpenComponent<Page>(0);
            tree.AddComponentParameter(1, nameof(Page.Fault), fault);
            tree.CloseComponent();
        };
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<ErrorFrame>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ErrorFrame.ChildContent)] = page }))).ToHtmlString());
        return (html, log.All);
    }

    private sealed class Page : PortalComponent
    {
        [Parameter]
        public required Exception Fault { get; set; }

        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            throw Fault;
        }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<p>page</p>");
    }
}
