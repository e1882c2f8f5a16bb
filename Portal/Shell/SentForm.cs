using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace QuanTrac.Portal.Shell;

/// <summary>A form that a page's script sent beside the circuit: its fields first, one file last, so that the file is streamed to the store.</summary>
/// <param name="FileName">As its sender named it: shown, never trusted.</param>
public sealed record SentForm(IReadOnlyDictionary<string, string> Fields, string FileName, Stream Content)
{
    // More fields than any form here has.
    private const int FieldsAtMost = 8;

    /// <summary>The value of a field; empty where it was not sent.</summary>
    public string this[string field] => Fields.GetValueOrDefault(field, "");

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
                fields[field.Name] = new(kept, 0, await words.ReadBlockAsync(kept, cancel));
            }
        }
        return null;
    }
}
