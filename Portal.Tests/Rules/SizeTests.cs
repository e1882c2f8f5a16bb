using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Rules;

public sealed class SizeTests
{
    private const int Ceiling = 400;

    [Fact]
    public void Files_OfSource_AreShort() =>
        Assert.Empty(SourceFiles.Of("", ".cs", ".razor", ".js", ".css").Where(file => file.Lines.Count - 1 > Ceiling).Select(file => $"{file.Name}: {file.Lines.Count - 1}"));
}
