using System.Globalization;
using QuanTrac.Portal.Commands;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>Runs a verb on a file that an auditor might write.</summary>
internal static class AuditorsFile
{
    /// <param name="Lines">Of standard output.</param>
    /// <param name="Notes">Standard error.</param>
    public sealed record Answer(int Code, IReadOnlyList<string> Lines, string Notes)
    {
        /// <summary>The cells of a result line under a column of the header.</summary>
        public string this[int row, string column] => Lines[row + 1].Split(',')[Array.IndexOf(Lines[0].Split(','), column)];
    }

    /// <param name="verb">Its words before the file.</param>
    /// <param name="options">What follows the file.</param>
    public static async Task<Answer> RunAsync(string verb, string content, params string[] options)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "auditor.csv");
        await File.WriteAllTextAsync(path, content);
        using var output = new StringWriter();
        using var notes = new StringWriter();
        var code = await Verbs.RunAsync([.. verb.Split(' '), path, .. options], new CommandTexts(CultureInfo.GetCultureInfo("vi")), output, notes);
        return new(code, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), notes.ToString());
    }
}
