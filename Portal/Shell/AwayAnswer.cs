using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Shell;

/// <summary>Marks what answers without the database: it is asked for nobody, and not held back.</summary>
public sealed class NeedsNoDatabase
{
    /// <summary>Whether the request is for such a thing.</summary>
    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<NeedsNoDatabase>() is not null;
}

/// <summary>The one place where a fault of the database, or a full disk, becomes an answer: never the door, never "not found".</summary>
public static class AwayAnswer
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Before authentication, which asks the database who is there.</summary>
    public static void UseDatabaseAbsence(this WebApplication app)
    {
        var absence = app.Services.GetRequiredService<DatabaseAbsence>();
        app.Use((context, next) => NeedsNoDatabase.Is(context) ? next(context) : AskAsync(context, next, absence));
    }

    private static async Task AskAsync(HttpContext context, RequestDelegate next, DatabaseAbsence absence)
    {
        if (absence.IsAway)
        {
            await TurnAwayAsync(context, absence, begun: false);
            return;
        }
        var left = context.RequestAborted;
        // The wire of a circuit outlives a fault; what a request waits for does not.
        using var cut = new LooseLink(left, context.Request.Path.StartsWithSegments("/_blazor") ? CancellationToken.None : absence.Cut);
        context.RequestAborted = cut.Token;
        var answered = false;
        try
        {
            var work = next(context);
            await Task.WhenAny(work, HangsAsync(cut.Token));
            if (!work.IsCompleted && !left.IsCancellationRequested && !context.Response.HasStarted)
            {
                // A server that takes a connection and says nothing keeps even the breaking off of a query waiting: whoever asked need not wait for that.
                answered = true;
                context.Response.OnStarting(() => Task.FromResult(context.Response.Headers.Connection = "close"));
                await TurnAwayAsync(context, absence, begun: true);
                await context.Response.CompleteAsync();
            }
            await work;
        }
        catch (Exception) when (answered)
        {
            // It ended after all; the answer was given.
        }
        catch (Exception fault) when (absence.Report(fault) || DatabaseFault.IsDiskFull(fault) || (fault is OperationCanceledException && cut.Token.IsCancellationRequested && !left.IsCancellationRequested))
        {
            context.RequestAborted = left;
            if (context.Response.HasStarted)
                context.Abort();
            else
                await TurnAwayAsync(context, absence, begun: true, full: DatabaseFault.IsDiskFull(fault));
        }
        finally
        {
            context.RequestAborted = left;
        }
    }

    // Told to stop, and still at it.
    private static async Task HangsAsync(CancellationToken cut)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cut).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(Grace, CancellationToken.None);
    }

    /// <param name="begun">Whether the work had begun: then nobody knows how far it came.</param>
    private static Task TurnAwayAsync(HttpContext context, DatabaseAbsence absence, bool begun, bool full = false)
    {
        absence.TurnAway();
        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<ShellTexts>>();
        // Whoever could not sign in has done nothing that could count.
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || context.Request.Path.StartsWithSegments("/sign-in");
        full |= absence.HasNoRoom;
        var kind = full ? "Full" : "Away";
        var sentence = texts[$"{kind}.{(reads ? "Text" : begun ? "Unknown" : "NotTaken")}"];
        // Who only reads loses nothing by asking again; who writes is told that it is for lack of room.
        return AwayPage.WriteAsync(context, full && !reads ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable, texts[$"{kind}.Title"], sentence);
    }
}
