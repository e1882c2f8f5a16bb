using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>The certificate that people are shown at the portal's address, and whether browsers are told to come back encrypted only.</summary>
public static class CertificateJudge
{
    private const int DaysUrgent = 7;
    private const int DaysSoon = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Judges how long it lasts and whether it is believed.</summary>
    /// <param name="errors">What the chain and the name are not; "" where all is well.</param>
    public static Finding Of(string host, DateTimeOffset until, string errors, DateTimeOffset now)
    {
        var (day, days) = (until.ToOffset(TimeSpan.FromHours(7)).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture), (int)Math.Floor((until - now).TotalDays));
        return days < 0 ? Finding.Red("Certificate.Over", host, day)
            : errors.Length > 0 ? Finding.Red("Certificate.NotBelieved", host, errors)
            : days < DaysUrgent ? Finding.Red("Certificate.Urgent", host, day, days)
            : days < DaysSoon ? Finding.Yellow("Certificate.Soon", host, day, days)
            : Finding.Green("Certificate.Well", host, day, days);
    }

    /// <summary>Asks the address itself; one that cannot be reached from here is said, not judged.</summary>
    public static async Task<IEnumerable<Finding>> LookAsync(Uri address, DateTimeOffset now, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            var finding = await AskAsync(address, now, limit.Token);
            return finding.Level == Level.Red ? [finding] : [finding, await HeadersAsync(address, limit.Token)];
        }
        catch (Exception fault) when (fault is SocketException or IOException or AuthenticationException or HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return [Finding.Yellow("Certificate.Unreachable", address.Authority, fault.Message)];
        }
    }

    private static async Task<Finding> AskAsync(Uri address, DateTimeOffset now, CancellationToken cancel)
    {
        using var wire = new TcpClient();
        await wire.ConnectAsync(address.Host, address.Port, cancel);
        var errors = SslPolicyErrors.None;
        // Whatever is wrong with it is to be said, so the handshake goes on; nothing is sent over it.
        await using var stream = new SslStream(wire.GetStream(), false, (_, _, _, found) => (errors = found) == found);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancel);
        using var certificate = X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.GetRawCertData());
        return Of(address.Host, certificate.NotAfter, errors == SslPolicyErrors.None ? "" : errors.ToString(), now);
    }

    private static async Task<Finding> HeadersAsync(Uri address, CancellationToken cancel)
    {
        using var visitor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await visitor.GetAsync(new Uri(address, "/healthz"), cancel);
        return answer.Headers.Contains("Strict-Transport-Security") ? Finding.Green("Hsts.Well") : Finding.Red("Hsts.Missing", address.Authority);
    }
}
