namespace QuanTrac.Portal.Features.Operations;

/// <summary>Closes the portal on every node that shares the data folder, by a file that is kept fresh: when whoever closed it dies, it opens again.</summary>
public sealed class Maintenance(string folder)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private string Sign => Path.Combine(folder, "maintenance");

    /// <summary>Whether the portal is closed.</summary>
    public bool IsOn(TimeProvider clock) => File.Exists(Sign) && clock.GetUtcNow() - File.GetLastWriteTimeUtc(Sign) < Fresh;

    /// <summary>Closes it until disposed.</summary>
    public IAsyncDisposable Begin()
    {
        File.WriteAllText(Sign, "");
        return new Closed(Sign);
    }

    private sealed class Closed : IAsyncDisposable
    {
        private readonly string sign;
        private readonly Timer beat;

        public Closed(string sign)
        {
            this.sign = sign;
            beat = new Timer(_ => Touch(), null, Beat, Beat);
        }

        private void Touch()
        {
            try
            {
                File.WriteAllText(sign, "");
            }
            catch (IOException)
            {
                // The portal opens too early, which is better than that it falls over.
            }
        }

        public async ValueTask DisposeAsync()
        {
            await beat.DisposeAsync();
            File.Delete(sign);
        }
    }
}

/// <summary>Answers 503 while the portal is closed; whether the process lives can still be asked, and what a page looks like.</summary>
public static class MaintenanceAnswer
{
    public static void UseMaintenance(this WebApplication app, string folder)
    {
        var (maintenance, clock) = (new Maintenance(folder), app.Services.GetRequiredService<TimeProvider>());
        app.Use(async (context, next) =>
        {
            // A circuit that is open goes on: the administrator who confirmed watches through one.
            if (!maintenance.IsOn(clock) || IsOpen(context.Request.Path))
            {
                await next(context);
                return;
            }
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "60";
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(
                "Cổng đang tạm đóng để khôi phục dữ liệu. Vui lòng quay lại sau ít phút.\nThe portal is closed while data are restored. Please come back in a few minutes.\n",
                context.RequestAborted);
        });
    }

    private static bool IsOpen(PathString path) =>
        path.StartsWithSegments("/healthz") || path.StartsWithSegments("/_blazor") || path.StartsWithSegments("/_framework") || path.StartsWithSegments("/lib");
}
