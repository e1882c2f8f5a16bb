namespace QuanTrac.Portal.Features.Agency;

/// <summary>The provider of OpenID Connect at which an agency's people sign in.</summary>
/// <param name="Authority">Its address, https: below it lies .well-known/openid-configuration.</param>
/// <param name="Name">As the button names it: "Tài khoản công vụ".</param>
/// <param name="CaFile">Certificates (PEM) to trust instead of the machine's own; null for those.</param>
/// <param name="Portal">The address of the portal as people reach it, where the provider sends them back to; null: as the request says.</param>
public sealed record AgencySettings(string Authority, string ClientId, string Secret, string Name, string? CaFile, string? Portal)
{
    /// <summary>Of QUANTRAC_OIDC_AUTHORITY, _CLIENT, _SECRET, _NAME, _CA and QUANTRAC_ADDRESS; null where no provider is set.</summary>
    /// <exception cref="InvalidOperationException">The provider is not at https, or its client or secret is missing.</exception>
    public static AgencySettings? FromEnvironment()
    {
        if (Setting("QUANTRAC_OIDC_AUTHORITY") is not { } authority)
            return null;
        if (!authority.StartsWith("https://", StringComparison.Ordinal))
            throw new InvalidOperationException("QUANTRAC_OIDC_AUTHORITY must begin with https://.");
        return new(authority.TrimEnd('/'), Needed("QUANTRAC_OIDC_CLIENT"), Needed("QUANTRAC_OIDC_SECRET"), Setting("QUANTRAC_OIDC_NAME") ?? new Uri(authority).Host,
            Setting("QUANTRAC_OIDC_CA"), Setting("QUANTRAC_ADDRESS"));
    }

    private static string Needed(string name) => Setting(name) ?? throw new InvalidOperationException($"{name} is missing beside QUANTRAC_OIDC_AUTHORITY.");

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : null;
}
