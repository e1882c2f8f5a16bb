using Microsoft.Extensions.Localization;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>A device in words: browser and system, as far as the browser says so.</summary>
public static class DeviceWords
{
    // Each says the names of those before it, too.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    public static string Of(IStringLocalizer<OwnAccountTexts> texts, string device)
    {
        var browser = Array.Find(Browsers, one => device.Contains(one.Sign, StringComparison.OrdinalIgnoreCase)).Name;
        var system = Array.Find(Systems, one => device.Contains(one.Sign, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (null, null) => texts["Device.Unknown"],
            (null, _) => system,
            (_, null) => browser,
            _ => texts["Device", browser, system],
        };
    }
}
