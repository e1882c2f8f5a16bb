using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Features.SecondWord;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>Registers explanations on paper: <c>GET /assessment/proof/{result}</c>, and its words at <c>/text</c> beside it, whose <c>sha256sum</c> is the
/// one on the sheet.</summary>
public static class AssessmentSetup
{
    public static void AddAssessment(this IServiceCollection services) => services.AddScoped<ProofSheet>().AddScoped<PrintProof>().AddConfirmed<ReassessResults>().AddScoped<ReassessOnNewLimits>();

    public static void MapAssessment(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assessment/proof/{result:long}", (long result, string? view, string? language, HttpContext context, PrintProof print, IStringLocalizer<ProofTexts> texts, CancellationToken cancel) =>
            AnswerAsync(result, view, language, context, print, proof => Named(context, texts["FileName", Number(result)], Results.Bytes(proof.Pdf, "application/pdf")), cancel));
        routes.MapGet("/assessment/proof/{result:long}/text", (long result, string? view, string? language, HttpContext context, PrintProof print, IStringLocalizer<ProofTexts> texts, CancellationToken cancel) =>
            AnswerAsync(result, view, language, context, print, proof => Named(context, texts["WordsFileName", Number(result)], Results.Bytes(proof.Seal.Bytes, "text/plain; charset=utf-8")), cancel));
    }

    private static async Task<IResult> AnswerAsync(
        long result, string? view, string? language, HttpContext context, PrintProof print, Func<PrintedProof, IResult> answer, CancellationToken cancel)
    {
        // The words are of one language: whoever checks a sheet asks in the language of the sheet.
        if (language is not null)
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == Language.English ? Language.English : Language.Vietnamese);
        var asked = view == MapFilter.OfTheDay ? MapFilter.OfTheDay : MapFilter.Today;
        return await print.RunAsync(AccessClaims.Read(context.User)!, result, asked, Root(context), cancel) is { } proof ? answer(proof) : Results.NotFound();
    }

    // To be looked at first; whoever keeps it gets a name that says what it is.
    private static IResult Named(HttpContext context, string fileName, IResult file)
    {
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = fileName }.ToString();
        context.Response.Headers.CacheControl = "private, no-store";
        return file;
    }

    private static string Number(long result) => result.ToString(CultureInfo.InvariantCulture);

    // What people type, where it is set: on paper an address of the inside is of no use.
    private static string Root(HttpContext context) =>
        Environment.GetEnvironmentVariable("QUANTRAC_ADDRESS") is { Length: > 0 } set ? set.TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host}";
}
