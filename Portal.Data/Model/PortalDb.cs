using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Data.Model;

/// <summary>The database as one access sees it. One for each operation; opened by <see cref="PortalDatabase"/>, never kept.</summary>
public sealed class PortalDb(NpgsqlConnection connection) : DbContext
{
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Facility> Facilities => Set<Facility>();
    public DbSet<Permit> Permits => Set<Permit>();
    public DbSet<Inspection> Inspections => Set<Inspection>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<Sample> Samples => Set<Sample>();
    public DbSet<Result> Results => Set<Result>();
    public DbSet<Finding> Findings => Set<Finding>();
    public DbSet<SiteStatus> SiteStatuses => Set<SiteStatus>();
    public DbSet<Submission> Submissions => Set<Submission>();
    public DbSet<SubmissionProblem> SubmissionProblems => Set<SubmissionProblem>();
    public DbSet<StoredFile> StoredFiles => Set<StoredFile>();

    /// <summary>The open connection, for COPY and for SQL that a set-based step is made of.</summary>
    public NpgsqlConnection Connection => connection;

    public override void Dispose()
    {
        base.Dispose();
        connection.Dispose();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await connection.DisposeAsync();
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql(connection, npgsql => npgsql.CommandTimeout(600)).UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Organisation>().HasMany(organisation => organisation.Names).WithOne().HasForeignKey(name => name.OrganisationId);
        modelBuilder.Entity<OrganisationName>().HasKey(name => new { name.OrganisationId, name.Valid });
        modelBuilder.Entity<Site>().HasMany(site => site.Positions).WithOne().HasForeignKey(position => position.SiteId);
        modelBuilder.Entity<Site>().Property(site => site.Search).ValueGeneratedOnAddOrUpdate();
        modelBuilder.Entity<SitePosition>().HasKey(position => new { position.SiteId, position.Valid });
        modelBuilder.Entity<Result>().HasKey(result => new { result.Id, result.PeriodStart });
        modelBuilder.Entity<Finding>().HasKey(finding => new { finding.ResultId, finding.PeriodStart, finding.View, finding.Ordinal, finding.RestsOn });
        modelBuilder.Entity<SiteStatus>().HasKey(status => new { status.SiteId, status.Medium, status.DataGroup, status.CampaignId, status.View, status.RestsOn });
        modelBuilder.Entity<SubmissionProblem>().HasKey(problem => new { problem.SubmissionId, problem.Ordinal });
        modelBuilder.Entity<SubmissionProblem>().Property(problem => problem.Facts).HasColumnType("jsonb");
        modelBuilder.Entity<Submission>().Property(submission => submission.Summary).HasColumnType("jsonb");
        // Two people on one record: the second to save is told so.
        modelBuilder.Entity<Submission>().Property<uint>("xmin").IsRowVersion();
        modelBuilder.Entity<Campaign>().Property<uint>("xmin").IsRowVersion();
        modelBuilder.Entity<StoredFile>().HasKey(file => file.Sha256);
        SnakeCase.Apply(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateInterval>().HaveConversion<DateIntervalConverter>();
}
