using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Shell;

/// <summary>A form that a page's script sent beside the circuit: its fields first, one file last, so that the file is streamed to the store.</summary>
/// <param name="FileName">As its sender named it: shown, never trusted.</param>
public sealed record SentForm(IReadOnlyDictionary<string, string> Fields, string FileName, Stream Content)
{
    // More fields than any form here has.
    private const int FieldsAtMost = 12;

    /// <summary>The value of a field; empty where it was not sent.</summary>
    public string this[string field] => Fields.GetValueOrDefault(field, "");

    /// <summary>Bytes that the parts' headers and the fields take around the file.</summary>
    public const long Wrapping = 64 * 1024;

    /// <summary>Takes the one file of a form to its use-case. What every such address answers alike is answered here; whoever may not is answered by the watch (403).</summary>
    /// <param name="cap">Bytes that the file may have, for the sentence.</param>
    /// <param name="fieldCap">Letters that are kept of a field.</param>
    public static async Task<IResult> TakeAsync(
        HttpContext context, IAntiforgery antiforgery, long cap, int fieldCap, Func<SentForm, Task<IResult>> take)
    {
        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<UiTexts>>();
        IResult Refuse(int status, string sentence) => Results.Problem(sentence, statusCode: status);
        if (!await HasTokenAsync(context, antiforgery))
            return Refuse(StatusCodes.Status400BadRequest, texts["SentFile.Stale"]);
        try
        {
            return await ReadAsync(context.Request, fieldCap, context.RequestAborted) is { } sent ? await take(sent) : Refuse(StatusCodes.Status400BadRequest, texts["SentFile.Missing"]);
        }
        catch (Exception fault) when (fault is FileTooLargeException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, SentFileTexts.TooLarge(texts, cap));
        }
        catch (FileRefusedException fault)
        {
            return RefusedFile.Answer(context, fault);
        }
        catch (InvalidDataException)
        {
            return Refuse(StatusCodes.Status400BadRequest, texts["SentFile.Missing"]);
        }
    }

    /// <summary>Whether the request bears its token. In the header only: looking for it in the body would read the whole file first.</summary>
    public static async Task<bool> HasTokenAsync(HttpContext context, IAntiforgery antiforgery) =>
        context.Request.Headers["RequestVerificationToken"].Count > 0 && await antiforgery.IsRequestValidAsync(context);

    /// <summary>The same of a short form, in whose fields the token may be. A form that breaks off bears none.</summary>
    public static async Task<bool> BearsTokenAsync(HttpContext context, IAntiforgery antiforgery)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }

    /// <summary>Reads up to the first file; null where the request is no such form or brings no file.</summary>
    /// <param name="fieldCap">Letters that are kept of a field.</param>
    /// <exception cref="InvalidDataException">The form is broken.</exception>
    public static async Task<SentForm?> ReadAsync(HttpRequest request, int fieldCap, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 70 } boundary)
            return null;
        var fields = new Dictionary<string, string>();
        var reader = new MultipartReader(boundary.ToString(), request.Body) { HeadersCountLimit = 8 };
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (section.AsFileSection() is { FileName.Length: > 0 } file)
                return new(fields, file.FileName, section.Body);
            if (section.AsFormDataSection() is { } field && fields.Count < FieldsAtMost)
            {
                using var words = new StreamReader(section.Body, Encoding.UTF8);
                var kept = new char[fieldCap];
                var value = new string(kept, 0, await words.ReadBlockAsync(kept, cancel));
                // The zero character is in no word, and the database takes none.
                fields[field.Name] = value.Contains('\0', StringComparison.Ordinal) ? throw new InvalidDataException() : value;
            }
        }
        return null;
    }
}
