using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Duties;

/// <summary>The reminders of a duty as letters, with a mail server that is away one morning and refuses on another.</summary>
public sealed class DutyLettersTests(DutyProvince province) : IClassFixture<DutyProvince>
{
    [Fact]
    public async Task Letters_OfAYear_ArriveOnceEachThoughTheServerFails()
    {
        province.At("2026-01-20 09:00");
        await province.PlanAsync();
        await province.Portal.Database.ExecuteAsync(
            $"INSERT INTO notice_choice (account_id, email, language, mail) VALUES ({province.HaLong.AccountId}, 'vinh@example.vn', 'vi', 'each')");
        await using var box = await LetterBox.OpenAsync(refuse: 3);
        var away = new MailServer("127.0.0.1", 9, "quantrac@example.vn", null, null, false, "http://portal");

        for (var day = new DateTime(2026, 1, 21); day <= new DateTime(2026, 12, 31); day = day.AddDays(1))
        {
            At(day.AddHours(8));
            await province.RemindAsync();
            // On 22 June nobody takes letters until eleven; two nodes send at every hour.
            foreach (var hour in new[] { 8, 9, 10, 11, 12 })
            {
                At(day.AddHours(hour));
                var server = day == new DateTime(2026, 6, 22) && hour < 11 ? away : box.Server;
                await Task.WhenAll(SendAsync(server), SendAsync(server));
            }
        }

        var notices = (long)(await province.ReadAsync($"SELECT count(*) FROM notice WHERE account_id = {province.HaLong.AccountId}"))!;
        Assert.InRange(notices, 30, 100);
        Assert.Equal(notices, await province.ReadAsync("SELECT count(*) FROM mail WHERE state = 'sent'"));
        Assert.Equal(0L, await province.ReadAsync("SELECT count(*) FROM mail WHERE state <> 'sent'"));
        for (var wait = 0; box.Letters.Count < notices && wait < 100; wait++)
            await Task.Delay(50);
        Assert.Equal(notices, box.Letters.Count);
        Assert.All(box.Letters, letter => Assert.Equal("vinh@example.vn", letter.To));
    }

    private void At(DateTime local) => province.Portal.Clock.Now = new(local, TimeSpan.FromHours(7));

    private Task<MailRound> SendAsync(MailServer server) => province.Portal.WithAsync<IServiceProvider, MailRound>(services => new SendMail(
        services.GetRequiredService<PortalDatabase>(), services.GetRequiredService<NoticeSentence>(), province.Portal.Clock,
        new ServiceCollection().AddSingleton(server).BuildServiceProvider()).RunAsync(default));
}
