using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using QuanTrac.Portal.Features.Agency;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

[CollectionDefinition(nameof(AgencyPortal))]
public sealed class AgencyPortalTests : ICollectionFixture<AgencyPortal>;

/// <summary>A running portal and an agency's own sign-in beside it: a real provider of OpenID Connect over TLS, with a certificate of an authority that only the tests know.</summary>
public sealed class AgencyPortal : HttpPortal
{
    private readonly TempFolder papers = new();
    private readonly int port = FreePort();
    private readonly X509Certificate2 authority;
    private Process? server;

    public AgencyPortal(TestCluster cluster) : base(cluster)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Cơ quan thử nghiệm", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));
        File.WriteAllText(Path.Combine(papers.Path, "ca.pem"), authority.ExportCertificatePem());
    }

    /// <summary>Where the provider says it is.</summary>
    public string Issuer => $"https://localhost:{port}";

    protected override PortalSettings With(PortalSettings settings) => settings with
    { Agency = new(Issuer, "quantrac", "a secret of the tests", "tài khoản công vụ", Path.Combine(papers.Path, "ca.pem"), null) };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        WriteServerPapers();
        string In(string name) => Path.Combine(papers.Path, name);
        server = Process.Start(new ProcessStartInfo("node",
            [Path.Combine(Repository.Root, "Portal.Tests", "Support", "agency-server.mjs"), port.ToString(CultureInfo.InvariantCulture), In("key.pem"), In("cert.pem"), new Uri(Address, "/sign-in/agency/back").AbsoluteUri])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        // What it warns of must not fill the pipe.
        server.BeginErrorReadLine();
        while (await server.StandardOutput.ReadLineAsync() is { } line && line != "ready")
        {
        }
    }

    /// <summary>Walks from the portal to the provider, signs in there as somebody, and walks back; gives the portal's last answer.</summary>
    /// <param name="change">What somebody between the two changes of the address that leads back.</param>
    public async Task<HttpResponseMessage> WalkAsync(HttpClient client, string person, Func<string, string>? change = null)
    {
        using var begun = await client.GetAsync("/sign-in/agency?returnUrl=%2Fstandards");
        var back = await AtTheProviderAsync(begun.Headers.Location!, person);
        return await client.GetAsync(change?.Invoke(back) ?? back);
    }

    /// <summary>The address of the portal that the provider sends somebody back to.</summary>
    public async Task<string> AtTheProviderAsync(Uri there, string person)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = new() { CertificateChainPolicy = policy } });
        var next = new Uri($"{there.AbsoluteUri}&login_hint={Uri.EscapeDataString(person)}");
        for (var step = 0; step < 8; step++)
        {
            using var answer = await browser.GetAsync(next);
            Assert.True(answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Redirect, $"{next} {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            next = new Uri(next, answer.Headers.Location!);
            if (next.Authority == Address.Authority)
                return next.PathAndQuery;
        }
        throw new InvalidOperationException("The provider does not send back.");
    }

    public override async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        authority.Dispose();
        papers.Dispose();
        await base.DisposeAsync();
    }

    private void WriteServerPapers()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(papers.Path, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(papers.Path, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
