using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Commands;

/// <summary><c>doctor</c>: each dependency, version, right and path in words; changes no schema and loads nothing.</summary>
public sealed class Doctor
{
    private const int MegabytesWanted = 1024;

    private readonly List<string> _faults = [];

    /// <summary>Looks at everything.</summary>
    /// <returns>1 when something is missing.</returns>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await SayAsync(context, "Doctor.Runtime", RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription);
        await SayAsync(context, "Doctor.Home", PortalHome.Folder);
        await (MailServer.FromEnvironment("") is { } mail ? SayAsync(context, "Doctor.Mail", mail.Host, mail.Port) : SayAsync(context, "Doctor.NoMail"));
        await (await ShapefileZip.ProgramAsync(cancel) is { } gdal ? SayAsync(context, "Doctor.Gdal", gdal) : SayAsync(context, "Doctor.NoGdal"));
        await GuardAsync(context, async () =>
        {
            var data = await context.OpenDataAsync(cancel);
            await DataAsync(context, data);
            if (context.GivenDatabase is null)
            {
                var programs = PostgresPrograms.Find(data);
                await SayAsync(context, "Doctor.Programs", programs.Major.ToString(CultureInfo.InvariantCulture), programs.Folder);
                var state = new PrivateCluster(data).IsRunning() ? "Doctor.ClusterUp" : "Doctor.ClusterDown";
                await SayAsync(context, state, data.Cluster, ServerUser.UserName);
            }

            await using var host = await DatabaseHost.OpenAsync(data, context.GivenDatabase, cancel);
            await DatabaseAsync(context, host, cancel);
            await BackupAsync(context, host, cancel);
        });
        await context.Output.WriteLineAsync(context.Texts[_faults.Count == 0 ? "Doctor.Well" : "Doctor.Ill", _faults.Count]);
        return _faults.Count == 0 ? 0 : 1;
    }

    private async Task DataAsync(CommandContext context, DataFolder data)
    {
        var free = data.MegabytesFree();
        var found = free.ToString(CultureInfo.InvariantCulture);
        await (free < MegabytesWanted
            ? ComplainAsync(context, context.Texts.Of(SetupFault.DiskFull, [data.Path, found]))
            : SayAsync(context, "Doctor.Data", data.Path, found));
    }

    private async Task DatabaseAsync(CommandContext context, DatabaseHost host, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(host.Logins.ConnectionString(DatabaseRole.Owner));
        await connection.OpenAsync(cancel);
        await SayAsync(context, "Doctor.Server", connection.ServerVersion, host.Logins.Server, host.Logins.Database);
        await using (var command = new NpgsqlCommand(
            "SELECT string_agg(extname || ' ' || extversion, ', ' ORDER BY extname) FROM pg_extension", connection))
        {
            await SayAsync(context, "Doctor.Extensions", (string)(await command.ExecuteScalarAsync(cancel))!);
        }

        await SayAsync(context, "Doctor.Logins", string.Join(", ", DatabaseRoles.All.Select(l => l.RoleName())));
        if (host.OpenBeside.Count > 0)
            await ComplainAsync(context, context.Texts["Doctor.OpenBeside", string.Join('\n', host.OpenBeside.Select(sql => sql + ";"))]);
        var pending = await new Migrator(PortalHome.Migrations)
            .PendingAsync(host.Logins.ConnectionString(DatabaseRole.Owner), cancel);
        await (pending.Count > 0
            ? ComplainAsync(context, context.Texts["Doctor.Pending", string.Join(", ", pending)])
            : SayAsync(context, "Doctor.Schema"));
        if (pending.Count == 0)
        {
            var ready = await Health.CheckAsync(host.Logins, PortalHome.Migrations, cancel);
            await (ready.IsReady()
                ? SayAsync(context, "Doctor.Reference")
                : ComplainAsync(context, context.Texts["Doctor.NoReference"]));
        }
    }

    private async Task BackupAsync(CommandContext context, DatabaseHost host, CancellationToken cancel)
    {
        var settings = BackupSettings.Of(host.Logins, host.Data);
        await SayAsync(context, "Doctor.BackupPlace", settings.Folder, settings.Copy ?? context.Texts["Doctor.BackupNoSecond"]);
        try
        {
            await settings.Key(cancel);
            var own = Environment.GetEnvironmentVariable(BackupKey.Variable) is not { Length: > 0 };
            await SayAsync(context, "Doctor.BackupKey", own ? context.Texts["Doctor.BackupKeyOwn", BackupKey.FileOf(host.Data)] : BackupKey.Variable);
        }
        catch (BackupException e)
        {
            await ComplainAsync(context, BackupSentence.Of(e.Fault, e.Facts, context.Texts.Language));
        }

        await (await settings.Copies.IsThereAsync(settings.Template, cancel)
            ? SayAsync(context, "Doctor.Template", settings.Template)
            : ComplainAsync(context, BackupSentence.Of(BackupFault.TemplateMissing, [BootstrapSql.TemplateScript], context.Texts.Language)));
    }

    private async Task GuardAsync(CommandContext context, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (SetupException e)
        {
            await ComplainAsync(context, context.Texts.Of(e.Fault, e.Facts));
        }
    }

    private static Task SayAsync(CommandContext context, string key, params object[] facts) =>
        context.Output.WriteLineAsync($"  ✓ {context.Texts[key, facts]}");

    private Task ComplainAsync(CommandContext context, string sentence)
    {
        _faults.Add(sentence);
        return context.Output.WriteLineAsync($"  ✗ {sentence}");
    }
}
