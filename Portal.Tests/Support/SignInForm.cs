using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>The form of the sign-in page, filled in as a browser would send it.</summary>
internal static class SignInForm
{
    /// <summary>The fields to send, hidden ones of the page included.</summary>
    public static Dictionary<string, string> FillIn(string html, string name, string password)
    {
        var fields = new HtmlParser().ParseDocument(html).QuerySelectorAll("form input[type=hidden]").Cast<IHtmlInputElement>()
            .ToDictionary(field => field.Name!, field => field.Value);
        fields["userName"] = name;
        fields["password"] = password;
        return fields;
    }
}
