using System.Globalization;
using System.Resources;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Files;

/// <summary>Why a file was not taken: the same in an answer and at the console.</summary>
public static class RefusedFile
{
    private static readonly ResourceManager Texts = new(typeof(UiTexts));

    /// <summary>In the language of the sender, as problem+json.</summary>
    public static IResult Answer(HttpContext context, FileRefusedException fault)
    {
        if (fault.Quota is { } quota)
        {
            var now = PortalDay.Local(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
            var left = quota.FreeFrom.ToDateTime(TimeOnly.MinValue) - now;
            context.Response.Headers.RetryAfter = Math.Max(1, (int)left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        return Results.Problem(Sentence(fault, CultureInfo.CurrentUICulture), statusCode: StatusOf(fault.Refusal));
    }

    public static string Sentence(FileRefusedException fault, CultureInfo language)
    {
        string Say(string key, params object[] facts) => string.Format(language, Texts.GetString(key, language) ?? key, facts);
        return fault switch
        {
            { Refusal: FileRefusal.Kind } => Say("SentFile.Kind", Say($"Kind.{fault.Found}"), string.Join(", ", fault.Taken.Select(kind => Say($"Kind.{kind}")))),
            { Quota: { } quota } => Say($"SentFile.Quota.{quota.Holder}", quota.Files, quota.Megabytes, Figures.Day(quota.FreeFrom)),
            _ => Say($"SentFile.{fault.Refusal}", fault.Signature),
        };
    }

    private static int StatusOf(FileRefusal refusal) => refusal switch
    {
        FileRefusal.Quota => StatusCodes.Status429TooManyRequests,
        FileRefusal.Reserve or FileRefusal.DiskFull => StatusCodes.Status507InsufficientStorage,
        FileRefusal.TooLargeToScan => StatusCodes.Status413PayloadTooLarge,
        FileRefusal.NotScanned => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
