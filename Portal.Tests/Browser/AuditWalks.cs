using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

[Collection(nameof(BrowserPortal))]
public sealed class AuditWalks(BrowserPortal portal)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Audit_WhatSomebodyWasRefused_IsFoundByTheAdministrator(int width, int height)
    {
        await portal.WalkAsync("halong", async visitor =>
        {
            await visitor.Page.GotoAsync("/operations/backups");
            await Expect(visitor.Page.GetByText("Chỉ quản trị viên của Trung tâm")).ToBeVisibleAsync();
        });
        await portal.WalkAsync("admin", async visitor =>
        {
            await visitor.Page.GotoAsync("/operations");
            await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Nhật ký hệ thống" }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Chuỗi niêm phong nguyên vẹn" })).ToBeVisibleAsync();
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Từ chối" }).ClickAsync();
            await visitor.Page.GetByLabel("Tài khoản", new() { Exact = true }).FillAsync("halong");
            await visitor.Page.GetByLabel("Tài khoản", new() { Exact = true }).BlurAsync();
            await Expect(visitor.Page).ToHaveURLAsync(new Regex("account=halong&group=Refused"));
            await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Nhật ký hệ thống" }).GetByRole(AriaRole.Status)).ToContainTextAsync(new Regex(@"^\d+ mục"));
            var row = visitor.Page.GetByRole(AriaRole.Row, new() { Name = "Bị từ chối tại /operations/backups" }).First;
            await Expect(row).ToContainTextAsync("127.0.0.1");
            await row.GetByRole(AriaRole.Button).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog).GetByText("vận hành hệ thống")).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"audit-{width}");
            await visitor.Page.Keyboard.PressAsync("Escape");
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            // Back undoes one step of the filter.
            await visitor.Page.GoBackAsync();
            await Expect(visitor.Page).ToHaveURLAsync(new Regex("audit\\?group=Refused$"));
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Kiểm tra ngay" }).ClickAsync();
            await Expect(visitor.Page.GetByText("Kiểm tra lúc")).ToBeVisibleAsync();
        }, width, height);
    }
}
