using Microsoft.Extensions.Localization;
using MudBlazor;

namespace QuanTrac.Portal.Ui;

/// <summary>What MudBlazor says by itself, in the reader's language; a word that is missing here stays English.</summary>
public sealed class MudTexts(IStringLocalizer<MudTexts> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => texts[key];

    public override LocalizedString this[string key, params object[] arguments] => texts[key, arguments];
}
