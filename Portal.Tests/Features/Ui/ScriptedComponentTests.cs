using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Features.Ui;

/// <summary>A page that is left while the module of one of its components is still opening.</summary>
public sealed class ScriptedComponentTests
{
    [Fact]
    public async Task Left_WhileItsModuleComes_OpensNothing()
    {
        var browser = new Browser();
        var component = new Probe { Js = browser };
        var opening = component.OpenAsync();
        await component.DisposeAsync();
        browser.Module.SetResult(browser);
        await opening;
        Assert.Equal(["import", "dispose"], browser.Asked);
    }

    [Fact]
    public async Task Left_WhileItOpens_IsClosedOnceItHas()
    {
        var browser = new Browser();
        browser.Module.SetResult(browser);
        var component = new Probe { Js = browser };
        var opening = component.OpenAsync();
        await component.DisposeAsync();
        browser.Opened.SetResult(browser);
        await opening;
        Assert.Equal(["import", "open", "dispose", "close", "dispose", "dispose"], browser.Asked);
        await component.ShowAsync();
        Assert.Equal("dispose", browser.Asked[^1]);
    }

    [Fact]
    public async Task Left_AndItsElementGone_SaysNothing()
    {
        var browser = new Browser();
        browser.Module.SetResult(browser);
        var component = new Probe { Js = browser };
        var opening = component.OpenAsync();
        await component.DisposeAsync();
        browser.Opened.SetException(new JSException("There is no such element."));
        await opening;
    }

    [Fact]
    public async Task There_AndItsModuleFails_IsAFault()
    {
        var browser = new Browser();
        browser.Module.SetException(new JSException("The module has a mistake."));
        await Assert.ThrowsAsync<JSException>(new Probe { Js = browser }.OpenAsync);
    }

    [Fact]
    public async Task Browser_Gone_SaysNothing()
    {
        var browser = new Browser();
        browser.Module.SetException(new JSDisconnectedException("The circuit is gone."));
        var component = new Probe { Js = browser };
        await component.OpenAsync();
        await component.DisposeAsync();
    }

    private sealed class Probe : ScriptedComponent
    {
        public Task OpenAsync() => OpenAsync("./probe.js", default, new { });

        public Task ShowAsync() => CallAsync("show");
    }

    // The browser, its module and what the module opens are one here: each writes down what it is asked.
    private sealed class Browser : IJSRuntime, IJSObjectReference
    {
        public TaskCompletionSource<IJSObjectReference> Module { get; } = new();

        public TaskCompletionSource<IJSObjectReference> Opened { get; } = new();

        public List<string> Asked { get; } = [];

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Asked.Add(identifier);
            return identifier switch
            {
                "import" => (TValue)await Module.Task,
                "open" => (TValue)await Opened.Task,
                _ => default!,
            };
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            Asked.Add("dispose");
            return ValueTask.CompletedTask;
        }
    }
}
