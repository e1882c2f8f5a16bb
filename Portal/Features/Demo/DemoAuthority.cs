using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Features.Authority;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>Made-up documents that allow maintenance and the sharing of data, through the use-case of the page.</summary>
internal static class DemoAuthority
{
    public static async Task EnsureAsync(IServiceProvider portal, NpgsqlConnection owner, Domain.Access.Access access, CancellationToken cancel)
    {
        if (await owner.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM authority WHERE origin = 'demo')", cancel))
            return;
        var today = PortalDay.Of(portal.GetRequiredService<TimeProvider>());
        foreach (var row in DemoFiles.Rows("authorities.csv"))
        {
            using var paper = new MemoryStream(DemoDuties.Paper.ToArray());
            var (_, problem) = await portal.GetRequiredService<RecordAuthority>().RunAsync(access, new(
                Enum.Parse<AuthorityKind>(row["kind"], true), row["connection"], new(row["number"], today.AddDays(-(int)DemoFiles.Number(row["dated_days_ago"])), row["issuer"]),
                today.AddDays((int)DemoFiles.Number(row["from_days"])), row["to_days"].Length == 0 ? null : today.AddDays((int)DemoFiles.Number(row["to_days"])), row["person"], row["body"], row["purpose"]),
                "van-ban-mau.pdf", paper, cancel);
            if (problem is { } code)
                throw new InvalidOperationException($"authorities.csv, {row["number"]}: {code}.");
        }
    }
}
