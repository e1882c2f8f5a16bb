using Microsoft.Extensions.Localization;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Why a file was not taken in, in the language of the sender, as problem+json.</summary>
internal static class UploadAnswer
{
    public static IResult Refuse(HttpContext context, int status, string text, params object[] facts) =>
        Results.Problem(context.RequestServices.GetRequiredService<IStringLocalizer<IntakeTexts>>()[text, facts].Value, statusCode: status);
}
