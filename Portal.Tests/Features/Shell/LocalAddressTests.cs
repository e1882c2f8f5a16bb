using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Tests.Features.Shell;

public class LocalAddressTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/?site=NB15", "/?site=NB15")]
    [InlineData("/intake", "/intake")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("intake", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("/\t/elsewhere.example", "/")]
    [InlineData("/standards?text=h\u1EA1", "/standards?text=h%E1%BA%A1")]
    [InlineData("/?text=h%E1%BA%A1", "/?text=h%E1%BA%A1")]
    [InlineData("/\u00BF", "/%C2%BF")]
    [InlineData("https://elsewhere.example/", "/")]
    public void OrHome_AnyAddress_StaysInThePortal(string? address, string expected) =>
        Assert.Equal(expected, LocalAddress.OrHome(address));
}
