using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>Paths of the working copy, found upwards from the test's own directory.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The directory of shared input, or null where it is absent.</summary>
    public static string? Shared { get; } = new[]
    {
        Environment.GetEnvironmentVariable("QUANTRAC_SHARED"),
        Path.Combine(Root, "..", "shared"),
        Path.Combine(Root, "..", "..", "shared"),
    }.FirstOrDefault(path => path is not null && Directory.Exists(path));

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "QuanTrac.Portal.sln")))
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests run outside the working copy.");
        return directory;
    }
}

/// <summary>The reference data of <c>seed/</c> as intake takes it, without a database.</summary>
internal static class SeedBooks
{
    private static readonly ReferenceData Seed = ReferenceFiles.Load(Path.Combine(Repository.Root, "seed"));

    public static IntakeBooks Books { get; } = new(Seed.Units, Seed.Parameters, Seed.Media.Select(medium => medium.Code).ToHashSet())
    {
        Plausible = new(Seed.PlausibleRanges.Select(row => row.Range)),
        Words = new(Seed.IntakeWords.Select(row => row.Word)),
    };

    public static StandardBook Standards => Seed.Standards;

    public static IndexBook Indices => Seed.Indices;

    /// <summary>NB1-NB99, all of them the handing-in organisation's own.</summary>
    public static KnownSites SeaSites { get; } = new(Seed.Sites.Select((site, index) => new KnownSite(index + 1, site.Code, site.NameVi, MayHandIn: true)));
}
