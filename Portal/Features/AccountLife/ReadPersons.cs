using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Files;
using Microsoft.Extensions.Localization;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>A cell of a list that cannot be taken. <paramref name="Row"/> 0: the file as a whole; <paramref name="Column"/> empty: the row as a whole.</summary>
public sealed record PersonFault(int Row, string Column, string Value, AccountProblem Problem, string Wanted);

/// <summary>Takes persons from a list file into a request: all of them, or none with what is wrong in which cell.</summary>
public sealed class ReadPersons(PortalDatabase database, SavePerson save, IStringLocalizer<AccountLifeTexts> texts, TimeProvider clock)
{
    public const long FileCap = 2L * 1024 * 1024;

    /// <summary>What a list may be.</summary>
    public static readonly FileDoor Door = new(FileCap, FileKind.Text, FileKind.Xlsx);

    /// <summary>The columns in the order of the template.</summary>
    public static readonly string[] Columns = ["full_name", "user_name", "role", "email", "phone", "heads_unit", "valid_until"];

    private static readonly string[] Needed = ["full_name", "user_name", "email"];

    /// <summary>Why a list is not taken into a request, asked before it is sent; null where it is.</summary>
    public async Task<AccountProblem?> RefusalAsync(Domain.Access.Access access, int request, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return Refusal(await RequestRecord.FindAsync(system, access, request, cancel), access);
    }

    /// <param name="path">Of the file, which is read and not kept: what it says goes into the request.</param>
    /// <returns>How many were taken, and what is wrong; or why nothing was read.</returns>
    public async Task<(int Taken, IReadOnlyList<PersonFault> Faults, AccountProblem? Problem)> RunAsync(Domain.Access.Access access, int request, string path, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        var found = await RequestRecord.FindAsync(system, access, request, cancel);
        if (Refusal(found, access) is { } refused)
            return (0, [], refused);
        var record = found!;
        var faults = new List<PersonFault>();
        var persons = Read(path, record, faults, cancel);
        if (faults.Count == 0 && persons.Count == 0)
            return (0, [], AccountProblem.NobodyNamed);
        var known = await RequestPersons.ReadAsync(system, request, cancel);
        if (known.Count + persons.Count > RequestPersons.Most)
            return (0, [], AccountProblem.TooMany);
        foreach (var (row, person) in persons.Where(one => faults.All(fault => fault.Row != one.Row)))
        {
            var twin = persons.FirstOrDefault(other => other.Row < row && (other.Person.UserName == person.UserName || other.Person.Email == person.Email
                || other.Person.FullName.Equals(person.FullName, StringComparison.OrdinalIgnoreCase))).Person;
            AccountProblem? problem = twin is null ? await RequestPersons.CheckAsync(system, record, person, PortalDay.Of(clock), cancel)
                : twin.UserName == person.UserName ? AccountProblem.LoginTaken : twin.Email == person.Email ? AccountProblem.EmailTaken : AccountProblem.PersonTaken;
            if (problem is { } code)
                faults.Add(Fault(row, ColumnOf(code), ValueOf(code, person), code, record));
        }
        if (faults.Count > 0)
            return (0, [.. faults.OrderBy(fault => fault.Row)], null);
        return (persons.Count, [], await save.AddAllAsync(access, request, [.. persons.Select(one => one.Person)], cancel));
    }

    private static AccountProblem? Refusal(RequestRecord? record, Domain.Access.Access by) =>
        record is null ? AccountProblem.NotThere : record.IsWritableBy(by) ? null : AccountProblem.NotNow;

    private List<(int Row, RequestPerson Person)> Read(string path, RequestRecord record, List<PersonFault> faults, CancellationToken cancel)
    {
        var file = FileReader.Open(path, FileCap, cancel);
        var persons = new List<(int, RequestPerson)>();
        Dictionary<string, int>? columns = null;
        foreach (var row in file.Rows())
        {
            if (row.Cells.Count == 0 || row[0].Trimmed.StartsWith('#') || row.Cells.All(cell => cell.IsEmpty))
                continue;
            if (columns is null)
            {
                columns = Header(row);
                faults.AddRange(Needed.Where(column => !columns.ContainsKey(column)).Select(column => new PersonFault(row.Number, Name(column), "", AccountProblem.NobodyNamed, texts["List.ColumnMissing"])));
                if (faults.Count > 0)
                    return persons;
                continue;
            }
            if (persons.Count == RequestPersons.Most)
                break;
            persons.Add((row.Number, PersonOf(row, columns, record, faults)));
        }
        if (file.Problems.HasBlocker || columns is null)
            faults.Insert(0, new(0, "", string.Join(", ", file.Problems.All.Select(problem => problem.Code)), AccountProblem.FileKind, texts["List.Unreadable"]));
        return persons;
    }

    private Dictionary<string, int> Header(RawRow row)
    {
        var found = new Dictionary<string, int>();
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var head = Words.Fold(row[i].Trimmed);
            if (Array.Find(Columns, column => head == column || head == Words.Fold(Name(column))) is { } name)
                found.TryAdd(name, i);
        }
        return found;
    }

    private RequestPerson PersonOf(RawRow row, Dictionary<string, int> columns, RequestRecord record, List<PersonFault> faults)
    {
        string Cell(string column) => columns.TryGetValue(column, out var place) ? row[place].Trimmed : "";
        var suits = AccountNaming.RolesOf(record.Kind);
        // Where an organisation has one role, nobody need say it.
        var role = Cell("role").Length == 0 && suits.Count == 1 ? suits[0].ToString() : Enum.GetValues<Role>()
            .Where(one => Words.Fold(Cell("role")) == Words.Fold(one.ToString()) || Words.Fold(Cell("role")) == Words.Fold(texts[$"Role.{one}"])).Select(one => one.ToString()).FirstOrDefault() ?? "?";
        var heads = Words.Fold(Cell("heads_unit"));
        if (heads is not ("" or "0" or "1" or "x" or "có" or "không" or "yes" or "no"))
            faults.Add(new(row.Number, Name("heads_unit"), Cell("heads_unit"), AccountProblem.NameMissing, texts["List.Heads"]));
        DateOnly? until = null;
        if (Cell("valid_until").Length > 0)
        {
            if (DateOnly.TryParseExact(Cell("valid_until"), ["yyyy-M-d", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                until = day;
            else
                faults.Add(Fault(row.Number, "valid_until", Cell("valid_until"), AccountProblem.UntilWrong, record));
        }
        var person = RequestPersons.Tidy(new(RequestAct.Grant, null, Cell("full_name"), Cell("user_name"), role, Cell("email"), Cell("phone"), heads is "1" or "x" or "có" or "yes", until, ""));
        if (person.Role == "?" || !suits.Any(one => one.ToString().Equals(person.Role, StringComparison.OrdinalIgnoreCase)))
            faults.Add(Fault(row.Number, "role", Cell("role"), AccountProblem.RoleWrong, record));
        return person;
    }

    private PersonFault Fault(int row, string column, string value, AccountProblem problem, RequestRecord record) => new(row, column.Length == 0 ? "" : Name(column), value, problem,
        problem == AccountProblem.RoleWrong ? texts["List.Roles", string.Join(", ", AccountNaming.RolesOf(record.Kind).Select(role => texts[$"Role.{role}"].Value))] : AccountWords.Problem(texts, problem));

    private string Name(string column) => texts[$"Column.{column}"];

    private static string ColumnOf(AccountProblem problem) => problem switch
    {
        AccountProblem.NameMissing or AccountProblem.PersonTaken or AccountProblem.TooLong => "full_name",
        AccountProblem.LoginWrong or AccountProblem.LoginTaken => "user_name",
        AccountProblem.EmailWrong or AccountProblem.EmailTaken => "email",
        AccountProblem.PhoneWrong => "phone",
        AccountProblem.RoleWrong => "role",
        AccountProblem.UntilWrong => "valid_until",
        _ => "",
    };

    private static string ValueOf(AccountProblem problem, RequestPerson person) => ColumnOf(problem) switch
    {
        "full_name" => person.FullName,
        "user_name" => person.UserName,
        "email" => person.Email,
        "phone" => person.Phone,
        "role" => person.Role,
        "valid_until" => person.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        _ => "",
    };
}
