using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Agency;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Features.Audit;
using QuanTrac.Portal.Features.Authority;
using QuanTrac.Portal.Features.Campaigns;
using QuanTrac.Portal.Features.Demo;
using QuanTrac.Portal.Features.Desk;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Features.Home;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Features.Organisations;
using QuanTrac.Portal.Features.Personal;
using QuanTrac.Portal.Features.SecondWord;
using QuanTrac.Portal.Features.Standards;
using QuanTrac.Portal.Features.Territories;
using QuanTrac.Portal.Features.Watch;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Jobs;

namespace QuanTrac.Portal.Shell;

/// <summary>The web host.</summary>
public static class WebPortal
{
    private const long BodyLimit = 1024 * 1024;

    // Ten seconds in all, and the private cluster wants some of them.
    private static readonly TimeSpan SecondsToStop = TimeSpan.FromSeconds(5);

    /// <summary>Builds the host; it listens once started.</summary>
    public static WebApplication Build(PortalSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebPortal).Assembly.GetName().Name,
            ContentRootPath = PortalHome.Published,
        });
        // What the portal says of itself; of the framework only what is wrong. Logs go to standard error, results to standard output.
        DatabaseAbsence? absence = null;
        builder.Logging.AddPortalFilters(() => absence?.IsFault == true);
        builder.Services.Configure<HostOptions>(options => (options.ShutdownTimeout, options.ServicesStopConcurrently) = (SecondsToStop, true));
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        // ASPNETCORE_FORWARDEDHEADERS_ENABLED would believe anybody's headers: QUANTRAC_PROXIES alone says whose count.
        builder.Configuration["ForwardedHeaders_Enabled"] = "false";
        builder.WebHost.UseUrls(settings.Address);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            // Forms, JSON and what the circuit sends; an endpoint that takes files says how much it takes.
            options.Limits.MaxRequestBodySize = BodyLimit;
        });
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Administrators);
        builder.Services.AddPortal(settings.Logins.ConnectionString, Path.Combine(settings.Data.Path, "files"));
        builder.Services.AddSingleton(BackupSettings.Of(settings.Logins, settings.Data));
        builder.Services.AddSingleton(settings.Scan).AddSingleton<UploadQuota>();
        if (settings.Reserve is { } reserve)
            builder.Services.AddSingleton(reserve);
        if (settings.Proof is null)
            builder.Services.AddWork(settings);
        else
            builder.Services.AddProof(settings.Data.Files);
        builder.Services.AddShell(settings);
        builder.Services.AddSingleton(new DemoNotice(settings.Demo));
        builder.Services.AddSingleton(new BaseMap(Path.Combine(PortalHome.Seed, "basemap")));

        var app = builder.Build();
        absence = app.Services.GetRequiredService<DatabaseAbsence>();
        app.UseProxies(settings.Proxies);
        app.UsePublicAddress(settings.PublicAddress);
        app.UseShell(settings);
        if (settings.Proof is null)
            app.UseMaintenance();
        app.UseDatabaseAbsence();
        app.UseAuthentication();
        app.UseOwedStep();
        app.UseAuthorization();
        if (settings.Proof is null)
            app.UseCircuitLimits();
        app.UseAntiforgery();
        app.UseRateLimiter();
        app.MapShell();
        app.MapAgency();
        app.MapAccounts();
        BaseMap.MapEndpoints(app);
        MapLayer.MapEndpoints(app);
        var watched = app.MapWatched();
        watched.MapIntake();
        watched.MapAssessment();
        watched.MapStandards();
        watched.MapDuties();
        watched.MapDesk();
        watched.MapAccountLife();
        watched.MapOrganisations();
        watched.MapHome();
        watched.MapAudit();
        watched.MapAuthority();
        ReadyFiles.MapEndpoints(watched);
        Health.Map(app);
        if (settings.Proof is { } ticket)
            app.MapProof(ticket);
        return app;
    }

    /// <param name="isFault">Whether the database is away: what libraries complain of then is said once, by <see cref="DatabaseAbsence"/>.</param>
    private static void AddPortalFilters(this ILoggingBuilder logging, Func<bool> isFault) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.DataProtection", level => level >= LogLevel.Error && !isFault())
        // What it cannot do it throws; then whoever asked says so.
        .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical)
        .AddFilter("Npgsql", LogLevel.Critical)
        .AddFilter("Quartz.Impl.AdoJobStore", LogLevel.Critical)
        .AddFilter("Quartz", level => level >= LogLevel.Warning && !isFault());

    // What runs by itself or reaches outside.
    private static void AddWork(this IServiceCollection services, PortalSettings settings)
    {
        services.AddHostedService<KeepDatabase>();
        services.AddSessions();
        services.AddHostedService<MaintenanceWatch>();
        services.AddAgencyProvider(settings.Agency);
        services.AddHostedService<IntakeWorker>();
        services.AddHostedService<NoticeListener>();
        if (settings.Jobs)
            services.AddJobs(settings.Logins);
        if (MailServer.FromEnvironment(settings.Address) is { } mail)
            services.AddSingleton(mail);
    }

    /// <summary>What pages and verbs share: the database as accesses see it, accounts, the file store, the use-cases.</summary>
    public static void AddPortal(this IServiceCollection services, Func<string, string> connectionString, string files)
    {
        services.AddAccess(connectionString);
        services.AddFiles(files);
        services.AddIntake(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(files))!, "marked"));
        services.AddMap();
        services.AddAssessment();
        services.AddStandards();
        services.AddAccounts();
        services.AddSecondWord();
        services.AddAuthority();
        services.AddAgency();
        services.AddWatch();
        services.AddAccountLife();
        services.AddNotices();
        services.AddOperations();
        services.AddCampaigns();
        services.AddBackups();
        services.AddDuties();
        services.AddDesk();
        services.AddPersonal();
        services.AddOrganisations();
        services.AddHome();
        services.AddTerritories();
        services.AddAudit();
        services.AddScoped<RemoveDemoAccounts>();
    }
}
