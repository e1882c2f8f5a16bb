using Microsoft.Extensions.Localization;
using PdfSharp.Drawing;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The list of accounts that an organisation confirmed, as a PDF to be sent with its letter. Always in Vietnamese: it is a document of the administration.</summary>
public sealed class AccountListSheet(IStringLocalizer<AccountLifeTexts> texts)
{
    public byte[] Write(Review review, string letter, DateOnly dated, DateOnly today)
    {
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("vi");
        try
        {
            return InVietnamese(review, letter, dated, today);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    private byte[] InVietnamese(Review review, string letter, DateOnly dated, DateOnly today)
    {
        using var sheet = new SheetWriter(texts["Sheet.Title", review.Year]);
        sheet.Centred(new(review.Organisation, XFontStyleEx.Bold));
        sheet.Gap(14);
        sheet.Centred(new(texts["Sheet.Title", review.Year], XFontStyleEx.Bold, 14));
        sheet.Centred(new(texts["Sheet.Letter", letter, Figures.Day(dated)], XFontStyleEx.Italic));
        sheet.Gap(14);
        for (var i = 0; i < review.Lines.Count; i++)
        {
            var line = review.Lines[i];
            var account = line.Account;
            sheet.Paragraph([new($"{account.Person} ", XFontStyleEx.Bold), new(string.Join("; ", new[]
            {
                texts["Sheet.Login", account.Name].Value, texts[$"Group.{account.Group}"], texts[$"Role.{account.Role}"], line.Email, line.Phone,
                account.HeadsUnit ? texts["Heads"].Value : "", texts[$"State.{account.State}"],
            }.Where(words => words.Length > 0)))], 22, new($"{i + 1}."));
            sheet.Paragraph([new(texts[$"Verdict.{line.Verdict}"], XFontStyleEx.Italic), new(line.Reason.Length > 0 ? $": {line.Reason}" : "")], 22);
            sheet.Gap(6);
        }
        sheet.Gap(10);
        sheet.Paragraph([new(texts["Sheet.Sign"])]);
        return sheet.Finish(texts["Sheet.Made", Figures.Day(today)], texts["Sheet.Software"], (page, pages) => texts["Sheet.Page", page, pages]);
    }
}
