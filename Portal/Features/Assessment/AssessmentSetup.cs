using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>Registers explanations on paper, and <c>GET /assessment/proof/{result}</c>.</summary>
public static class AssessmentSetup
{
    public static void AddAssessment(this IServiceCollection services) => services.AddScoped<ProofSheet>().AddScoped<PrintProof>().AddConfirmed<ReassessResults>().AddScoped<ReassessOnNewLimits>();

    public static void MapAssessment(this IEndpointRouteBuilder routes) => routes.MapGet("/assessment/proof/{result:long}", PrintAsync);

    private static async Task<IResult> PrintAsync(
        long result, string? view, HttpContext context, PrintProof print, IStringLocalizer<ProofTexts> texts, CancellationToken cancel)
    {
        var asked = view == MapFilter.OfTheDay ? MapFilter.OfTheDay : MapFilter.Today;
        if (await print.RunAsync(AccessClaims.Read(context.User)!, result, asked, cancel) is not { } sheet)
            return Results.NotFound();
        // To be looked at first; whoever keeps it gets a name that says what it is.
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline")
        {
            FileName = texts["FileName", result.ToString(CultureInfo.InvariantCulture)].Value,
        }.ToString();
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.Bytes(sheet, "application/pdf");
    }
}
