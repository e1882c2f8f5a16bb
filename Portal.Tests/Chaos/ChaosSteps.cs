using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Tests.Features.Http;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Chaos;

/// <summary>The steps of the work, each of which can be caught in its middle: a table that it needs is held until the fault has come.</summary>
internal sealed class ChaosSteps(ChaosGround ground) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TempFolder folder = new();
    private int files;

    /// <summary>Submissions that the portal said it has.</summary>
    public List<int> Acknowledged { get; } = [];

    /// <summary>Holds a table; whoever needs it waits.</summary>
    /// <param name="mode">SHARE lets others read.</param>
    public async Task<NpgsqlConnection> HoldAsync(string table, string mode = "SHARE")
    {
        var hold = await ground.OpenAsync();
        await hold.ExecuteAsync($"BEGIN; LOCK TABLE {table} IN {mode} MODE", default);
        return hold;
    }

    /// <summary>Waits until a statement stands before what is held.</summary>
    public async Task CaughtAsync(string statement)
    {
        await using var connection = await ground.OpenAsync();
        using var limit = new CancellationTokenSource(Patience);
        while (!await connection.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE $1)", default, $"%{statement}%"))
            await Task.Delay(20, limit.Token);
    }

    /// <summary>Lets go; a server that was killed has done so already.</summary>
    public static async Task ReleaseAsync(NpgsqlConnection hold)
    {
        try
        {
            await hold.DisposeAsync();
        }
        catch (NpgsqlException)
        {
            // It is gone.
        }
    }

    /// <summary>A workbook that nobody has handed in yet: two stations, a quarter each, of a year of its own.</summary>
    public string NewFile()
    {
        var year = 2000 + ++files;
        return AgencySheet.WithRows(
            ["Luồng vào cảng Cái Lân tại cầu Bãi Cháy", "NB1", $"Quý 1 {year}", 22.0, 7.79, 7.4, "<0.03", "<0,02", "<0,0005", "x"],
            ["Cảng B12- vịnh Cửa Lục", "NB2", $"Quý 2 {year}", 22.1, 7.9, 7.1, 0.5, 0.05, "<0,0005", "<0,03"]).Write(Path.Combine(folder.Path, $"{year}.xlsx"));
    }

    /// <summary>Hands a file in once.</summary>
    /// <returns>The number of the submission; null where the portal did not say that it has it.</returns>
    public async Task<int?> TryHandInAsync(HttpClient client, string token, string file, Guid mark)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file));
        using var form = new MultipartFormDataContent { { content, "file", Path.GetFileName(file) } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/intake/files") { Content = form };
        request.Headers.Add("RequestVerificationToken", token);
        request.Headers.Add("Idempotency-Key", mark.ToString());
        try
        {
            using var answer = await client.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt32();
                Acknowledged.Add(id);
                return id;
            }
            Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage, $"Handing in was answered with {answer.StatusCode}.");
            return null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Hands the same file in again and again, as a person does who is told to.</summary>
    public async Task<int> HandInAsync(HttpClient client, string token, string file, Guid mark)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await TryHandInAsync(client, token, file, mark) is { } id)
                return id;
            await Task.Delay(100, limit.Token);
        }
    }

    public static Task<string> TokenAsync(HttpClient client) => HttpPortal.TokenAsync(client);

    /// <summary>Waits until a query is true, also where the server is away meanwhile.</summary>
    public async Task UntilAsync(string sql)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if (await ground.ReadAsync<bool>(sql))
                    return;
            }
            catch (NpgsqlException)
            {
                // Not back yet.
            }
            await Task.Delay(50, limit.Token);
        }
    }

    public Task CheckedAsync(int submission) =>
        UntilAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT checking = 'done' FROM submission WHERE id = {submission}"));

    public void Dispose() => folder.Dispose();

    /// <summary>Acknowledged submissions that are not there.</summary>
    public async Task<long> LostAsync() => Acknowledged.Distinct().Count()
        - await ground.ReadAsync<long>($"SELECT count(*) FROM submission WHERE id IN ({string.Join(',', Acknowledged.Append(0))})");

    /// <summary>What should never be, of what the nightly check does not ask: drafts that nobody will check, results of what was not accepted, backups that count without proof.</summary>
    public Task<long> HalfDoneAsync() => ground.ReadAsync<long>(
        """
        SELECT (SELECT count(*) FROM submission AS s WHERE checking = 'queued' AND account_id > 0 AND sending IS NOT NULL AND NOT EXISTS (SELECT FROM intake_queue WHERE submission_id = s.id))
             + (SELECT count(*) FROM result AS r JOIN submission AS s ON s.id = r.submission_id WHERE s.state <> 'accepted')
             + (SELECT count(*) FROM submission AS s WHERE state = 'accepted' AND (summary ->> 'New')::int <> (SELECT count(*) FROM result WHERE submission_id = s.id))
             + (SELECT count(*) FROM backup_run WHERE state = 'proven' AND (evidence IS NULL OR proven_at IS NULL))
        """);
}
