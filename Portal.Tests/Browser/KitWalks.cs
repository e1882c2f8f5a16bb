using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>The parts of the kit with a keyboard alone, over a slow line, and after one left.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class KitWalks(BrowserPortal portal)
{
    [Fact]
    public Task List_ByKeyboardAlone_IsSortedChosenAndTakenAlong() => portal.WalkAsync("halong", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/kit?part=grid");
        await Expect(page.GetByText("1.000 dòng")).ToBeVisibleAsync();
        var head = page.GetByRole(AriaRole.Columnheader, new() { Name = "Giá trị" });
        await visitor.TabToAsync(head.GetByRole(AriaRole.Button));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("order=value$"));
        await Expect(head).ToHaveAttributeAsync("aria-sort", "ascending");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("order=-value$"));
        await page.GoBackAsync();
        await Expect(head).ToHaveAttributeAsync("aria-sort", "ascending");
        // The columns, by their menu.
        await page.GetByRole(AriaRole.Button, new() { Name = "Cột" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var note = page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Ghi chú" });
        await Expect(note).ToHaveAttributeAsync("aria-checked", "false");
        for (var step = 0; step < 8 && !await note.EvaluateAsync<bool>("item => item === document.activeElement"); step++)
        {
            // The server moves the focus: a key pressed before it has moved would pass the item by.
            var before = await page.EvaluateHandleAsync("document.activeElement");
            await page.Keyboard.PressAsync("ArrowDown");
            await page.WaitForFunctionAsync("before => before !== document.activeElement", before);
        }
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("columns=.*note"));
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Ghi chú" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
        // What is shown goes along as a file.
        await page.GetByRole(AriaRole.Button, new() { Name = "Tải về" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "CSV" }).ClickAsync());
        Assert.Equal("kit.csv", file.SuggestedFilename);
        var lines = (await File.ReadAllTextAsync(await file.PathAsync())).Split("\r\n");
        Assert.Equal("Ký hiệu,Nơi,Ngày,Giá trị,Ghi chú", lines[1]);
        Assert.Equal(1000 + 3, lines.Length);
    });

    [Fact]
    public Task View_Saved_ComesBackUnderItsName() => portal.WalkAsync("halong", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/kit?part=grid&order=-day&columns=code,day");
        await Expect(page.GetByText("1.000 dòng")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cách xem" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Lưu cách xem này" }).ClickAsync();
        await page.GetByLabel("Tên cách xem").FillAsync("Mới nhất");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Đã lưu cách xem “Mới nhất”.")).ToBeVisibleAsync();
        await page.GotoAsync("/kit?part=grid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cách xem" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Mới nhất" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("order=-day&columns=code,day$"));
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Nơi" })).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Dialog_ByKeyboardAlone_OpensAndCloses() => portal.WalkAsync("halong", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/kit");
        var ask = page.GetByRole(AriaRole.Button, new() { Name = "Xóa 12 điểm" });
        await visitor.TabToAsync(ask);
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("340 kết quả");
        await visitor.CheckAccessibilityAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("Đã chọn giữ.")).ToBeVisibleAsync();
        await ask.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await visitor.TabToAsync(dialog.GetByRole(AriaRole.Button, new() { Name = "Xóa 12 điểm" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Đã chọn xóa.")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Fields_ByKeyboardAlone_AreFilledIn() => portal.WalkAsync("halong", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/kit?part=fields");
        var many = page.GetByRole(AriaRole.Combobox, new() { Name = "ChoiceField, nhiều mục" });
        await visitor.TabToAsync(many);
        await many.PressSequentiallyAsync("ha long 42", new() { Delay = 20 });
        await Expect(page.Locator(".mud-popover-open .mud-list-item")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Expect(many).ToHaveValueAsync("Hạ Long 42");
        // Of a field for several the next is found where the one before was, with nothing standing in it.
        var several = page.GetByRole(AriaRole.Combobox, new() { Name = "ManyField" });
        await several.FocusAsync();
        foreach (var typed in (string[])["ha long 71", "ha long 33"])
        {
            await several.PressSequentiallyAsync(typed, new() { Delay = 20 });
            await Expect(page.Locator(".mud-popover-open .mud-list-item")).ToHaveCountAsync(1);
            await page.Keyboard.PressAsync("Enter");
            await Expect(several).ToHaveValueAsync("");
            await Expect(several).ToBeFocusedAsync();
        }
        await Expect(page.Locator(".many-field li")).ToHaveCountAsync(2);
        await visitor.TypeDayAsync("DateField", "05122026");
        await page.GetByLabel("NumberField").FillAsync("0,25");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".kit-fields > [role=status]")).ToHaveTextAsync("· 0,25 · 05/12/2026 · sea_water · H42 · H71, H33 · True");
    });

    [Fact]
    public Task Form_LeftInTheMiddle_IsAskedAndItsDraftComesBack() => portal.WalkAsync("halong", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/kit?part=form");
        var words = page.GetByLabel("Nội dung");
        await words.PressSequentiallyAsync("nửa câu chưa xong", new() { Delay = 20 });
        // Nobody left the field: what is being typed is kept all the same.
        await Expect(page.GetByText("Đã giữ bản nháp")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Quy chuẩn" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("bản nháp trong 30 ngày");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ở lại" }).ClickAsync();
        await Expect(words).ToHaveValueAsync("nửa câu chưa xong");
        // Another language is another request, and another circuit.
        await page.GetByRole(AriaRole.Link, new() { Name = "EN", Exact = true }).ClickAsync();
        await Expect(page.GetByText(new Regex("The draft kept at .* has been opened again"))).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Words")).ToHaveValueAsync("nửa câu chưa xong");
        await page.GetByRole(AriaRole.Link, new() { Name = "VI", Exact = true }).ClickAsync();
        await page.GetByLabel("Số văn bản").FillAsync("125/CV");
        await page.GetByRole(AriaRole.Button, new() { Name = "Gửi" }).ClickAsync();
        await Expect(page.GetByText("Đã lưu.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Nội dung")).ToHaveValueAsync("");
    });

    [Fact]
    public Task Form_OnASlowLine_LosesNoLetter() => portal.WalkAsync("company", async visitor =>
    {
        const string Long = "Công ty đề nghị gia hạn thời gian nộp báo cáo quan trắc quý 3 vì phòng thử nghiệm chưa trả kết quả.";
        var page = visitor.Page;
        var line = await page.Context.NewCDPSessionAsync(page);
        await line.SendAsync("Network.enable");
        await line.SendAsync("Network.emulateNetworkConditions",
            new() { ["offline"] = false, ["latency"] = 150, ["downloadThroughput"] = 1_500_000 / 8, ["uploadThroughput"] = 1_500_000 / 8 });
        await page.GotoAsync("/kit?part=form");
        await page.GetByLabel("Số văn bản").PressSequentiallyAsync("125/CV-MAU", new() { Delay = 30 });
        var words = page.GetByLabel("Nội dung");
        // Longer than the form waits between two looks at what is typed.
        await words.PressSequentiallyAsync(Long, new() { Delay = 60 });
        await Expect(words).ToHaveValueAsync(Long);
        await page.WaitForTimeoutAsync(2500);
        await Expect(words).ToHaveValueAsync(Long);
        await Expect(page.GetByLabel("Số văn bản")).ToHaveValueAsync("125/CV-MAU");
    });
}
