using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Rules;

/// <summary>A file comes in as slowly as its sender likes: who holds a connection of the pool meanwhile lets a few senders stop the portal for all.</summary>
public sealed class SlowSenderTests
{
    [Fact]
    public void Doors_WhileAFileComesIn_HoldNoConnection()
    {
        var doors = SourceFiles.Of("Portal", ".cs").Select(file => (file.Name, Parts: file.Text.Split("take.RunAsync("))).Where(file => file.Parts.Length > 1).ToList();
        Assert.True(doors.Count >= 4, string.Join(", ", doors.Select(door => door.Name)));
        Assert.All(doors, door => Assert.DoesNotContain("await using var ", door.Parts[0][door.Parts[0].LastIndexOf(" async Task<", StringComparison.Ordinal)..], StringComparison.Ordinal));
    }
}
