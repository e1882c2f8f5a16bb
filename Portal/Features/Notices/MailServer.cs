using System.Net;
using System.Net.Mail;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>The server that takes our letters, from the environment: QUANTRAC_SMTP (host:port), QUANTRAC_SMTP_FROM,
/// QUANTRAC_SMTP_USER, QUANTRAC_SMTP_PASSWORD, QUANTRAC_SMTP_TLS (on unless "off").</summary>
/// <param name="Portal">The address of the portal that letters point to.</param>
public sealed record MailServer(string Host, int Port, string From, string? User, string? Password, bool Tls, string Portal)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Null where none is set: people are told in the portal only.</summary>
    public static MailServer? FromEnvironment(string portal)
    {
        if (Setting("QUANTRAC_SMTP") is not { } address)
            return null;
        var (host, port) = address.Split(':') is [var name, var number] && int.TryParse(number, out var parsed) ? (name, parsed) : (address, 25);
        return new(host, port, Setting("QUANTRAC_SMTP_FROM") ?? $"quantrac@{host}", Setting("QUANTRAC_SMTP_USER"), Setting("QUANTRAC_SMTP_PASSWORD"),
            Setting("QUANTRAC_SMTP_TLS") != "off", Setting("QUANTRAC_ADDRESS") ?? portal);
    }

    /// <summary>Hands one letter over.</summary>
    /// <exception cref="SmtpException">The server cannot be reached, or does not take it.</exception>
    public async Task SendAsync(string to, string subject, string text, string id, CancellationToken cancel)
    {
        using var client = new SmtpClient(Host, Port) { EnableSsl = Tls, DeliveryMethod = SmtpDeliveryMethod.Network };
        if (User is not null)
            client.Credentials = new NetworkCredential(User, Password);
        using var message = new MailMessage(From, to, subject, text);
        message.Headers.Add("Message-ID", $"<{id}@quantrac>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        await client.SendMailAsync(message, limit.Token);
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : null;
}
