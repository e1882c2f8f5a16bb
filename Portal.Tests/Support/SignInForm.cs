using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>The form of a page at the door, as a browser would send it.</summary>
internal static class SignInForm
{
    /// <summary>The hidden fields of a page's form; those without a name are not sent.</summary>
    public static Dictionary<string, string> Hidden(string html) =>
        new HtmlParser().ParseDocument(html).QuerySelectorAll("form input[type=hidden][name]").Cast<IHtmlInputElement>()
            .ToDictionary(field => field.Name!, field => field.Value);
}
