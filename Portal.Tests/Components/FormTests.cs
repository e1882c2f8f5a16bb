using Bunit;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

public sealed class FormTests : KitContext
{
    private readonly TaskCompletionSource<FormFault?> work = new();
    private int sent, done;
    private Sample fields = new();

    [Fact]
    public void Form_Sent_IsBusyUntilItIsDone()
    {
        var form = Form();
        form.Find("form").Submit();
        Assert.True(form.Find("button[type=submit]").HasAttribute("disabled"));
        Assert.Contains("Đang thực hiện…", Words(form.Find("form")), StringComparison.Ordinal);
        work.SetResult(null);
        form.WaitForState(() => done == 1);
        Assert.False(form.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public void Form_SentTwice_WorksOnce()
    {
        var form = Form();
        form.Find("form").Submit();
        form.Find("form").Submit();
        Assert.Equal(1, sent);
    }

    [Fact]
    public void Fault_OfAField_IsSaidThereAndNotByTheButton()
    {
        var form = Failed(new("Hãy nhập số văn bản.", "number"));
        Assert.Equal("true", form.Find("input[name=number]").GetAttribute("aria-invalid"));
        Assert.Empty(form.FindAll("p.alert"));
        Assert.Equal(0, done);
    }

    [Fact]
    public void Fault_OfTheWhole_IsAnAlert()
    {
        var form = Failed(new("Văn bản này đã được ghi nhận."));
        Assert.Equal("Văn bản này đã được ghi nhận.", Words(form.Find("p[role=alert]")));
        Assert.Equal("false", form.Find("input[name=number]").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void Fault_SentAgain_IsGone()
    {
        var form = Failed(new("Văn bản này đã được ghi nhận."));
        form.Find("form").Submit();
        form.WaitForState(() => done == 1);
        Assert.Empty(form.FindAll("p.alert"));
    }

    [Fact]
    public void Form_Blocked_IsNotSent()
    {
        var form = Form(blocked: true);
        form.Find("form").Submit();
        Assert.Equal(0, sent);
        Assert.True(form.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public void Cancel_OfWhatWasNotTouched_AsksNothing()
    {
        var cancelled = 0;
        var form = Form(onCancel: () => cancelled++);
        form.FindAll("button").Single(button => Words(button) == "Hủy").Click();
        Assert.Equal(1, cancelled);
    }

    [Fact]
    public void Cancel_OfWhatWasTyped_IsAsked()
    {
        var floats = Floats();
        var cancelled = 0;
        var form = Form(onCancel: () => cancelled++);
        form.Find("input[name=number]").Change("125/CV");
        form.FindAll("button").Single(button => Words(button) == "Hủy").Click();
        floats.WaitForElement("button.danger");
        Assert.Equal(0, cancelled);
        floats.Find("button.danger").Click();
        form.WaitForState(() => cancelled == 1);
    }

    [Fact]
    public void Form_WithoutCancel_HasNone() => Assert.DoesNotContain(Form().FindAll("button"), button => Words(button) == "Hủy");

    private IRenderedComponent<ActionForm<Sample>> Failed(FormFault fault)
    {
        var form = Form(first: fault);
        form.Find("form").Submit();
        form.WaitForState(() => sent == 1 && !form.Find("button[type=submit]").HasAttribute("disabled"));
        return form;
    }

    private IRenderedComponent<ActionForm<Sample>> Form(bool blocked = false, Action? onCancel = null, FormFault? first = null) => Render<ActionForm<Sample>>(given =>
    {
        given.Add(one => one.Send, "Gửi").Add(one => one.Blocked, blocked).Add(one => one.OnDone, () => { done++; }).Bind(one => one.Fields, fields, now => fields = now!)
            .Add(one => one.OnSubmit, () => ++sent == 1 && first is not null ? Task.FromResult<FormFault?>(first) : first is not null ? Task.FromResult<FormFault?>(null) : work.Task)
            .AddChildContent<TextField<string>>(field => field.Add(one => one.Label, "Số").Add(one => one.Name, "number").Add(one => one.ValueChanged, value => fields.Number = value ?? ""));
        if (onCancel is not null)
            given.Add(one => one.OnCancel, onCancel);
    });

    private sealed class Sample
    {
        public string Number { get; set; } = "";
    }
}
