using System.Globalization;
using System.Text;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>A file of one campaign, as one account hands it in.</summary>
/// <param name="Accepted">False for the latest files of the company, which nobody has reviewed yet.</param>
internal sealed record DemoSheet(string FileName, string Account, string Campaign, bool Accepted, byte[] Content);

/// <summary>Writes the demo results as files of the layout <see cref="Layout"/>.</summary>
internal static class DemoSheets
{
    public const string Layout = "portal-long";

    private const string Header =
        "site,site_name,medium,group,campaign,period_start,period_end,precision,parameter,unit,value,laboratory,report";

    /// <summary>All files, in the order in which they would have come in.</summary>
    public static IEnumerable<DemoSheet> All()
    {
        var series = new DemoSeries();
        var sites = DemoFiles.Rows("sites.csv").ToDictionary(row => row["code"]);
        var programmes = DemoFiles.Rows("programmes.csv").ToDictionary(row => row["code"]);
        var sampled = DemoFiles.Rows("programme_sites.csv").ToLookup(row => row["programme"], row => sites[row["site"]]);
        return DemoFiles.Rows("campaigns.csv").GroupBy(row => row["programme"])
            .SelectMany(programme => programme.Select((campaign, step) => (Campaign: campaign, Step: step)))
            .OrderBy(row => row.Campaign["period_start"], StringComparer.Ordinal)
            .SelectMany(row => OfCampaign(series, programmes[row.Campaign["programme"]], row.Campaign, row.Step, sampled[row.Campaign["programme"]]));
    }

    // A facility hands in its own effluent; all else comes from the Department.
    private static IEnumerable<DemoSheet> OfCampaign(
        DemoSeries series, IReadOnlyDictionary<string, string> programme, IReadOnlyDictionary<string, string> campaign, int step,
        IEnumerable<IReadOnlyDictionary<string, string>> sites) =>
        sites.GroupBy(site => programme["data_group"] == "c" && site["owner"] == DemoAccounts.CompanyCode ? DemoAccounts.Company : DemoAccounts.Manager)
            .Select(sheet => new DemoSheet(
                $"{campaign["code"]}-{sheet.Key}.csv", sheet.Key, campaign["code"], sheet.Key == DemoAccounts.Manager || campaign["unreviewed"].Length == 0,
                Encoding.UTF8.GetBytes(Write(series, programme, campaign, step, sheet))));

    private static string Write(
        DemoSeries series, IReadOnlyDictionary<string, string> programme, IReadOnlyDictionary<string, string> campaign, int step,
        IEnumerable<IReadOnlyDictionary<string, string>> sites)
    {
        var text = new StringBuilder(Header).Append('\n');
        var number = 0;
        foreach (var site in sites)
        {
            number++;
            var (first, last) = PeriodOf(campaign, site["code"]);
            var laboratory = programme["data_group"] is "c" or "e" ? "PTN-MAU-2" : "PTN-MAU-1";
            foreach (var (parameter, unit, value) in series.Sample(programme["code"], site["code"], step, first))
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"{site["code"]},{site["name_vi"]},{programme["medium"]},{programme["data_group"]},{campaign["code"]},{first:yyyy-MM-dd},{last:yyyy-MM-dd},");
                text.Append(CultureInfo.InvariantCulture,
                    $"{campaign["precision"]},{parameter},{unit},{value},{laboratory},Phiếu mẫu {campaign["code"]}-{number:00}\n");
            }
        }
        return text.ToString();
    }

    // A quarter stays a quarter; a day lies somewhere in the period, another for each site.
    private static (DateOnly First, DateOnly Last) PeriodOf(IReadOnlyDictionary<string, string> campaign, string site)
    {
        var (start, end) = (DemoFiles.Day(campaign["period_start"]), DemoFiles.Day(campaign["period_end"]));
        if (campaign["precision"] != "day")
            return (start, end);
        var day = start.AddDays(site.Sum(letter => letter * 7) % (end.DayNumber - start.DayNumber + 1));
        return (day, day);
    }
}
