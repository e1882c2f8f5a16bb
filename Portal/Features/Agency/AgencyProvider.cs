using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Identity.Client;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace QuanTrac.Portal.Features.Agency;

/// <summary>What a journey to the provider needs when it comes back; it travels in a cookie that only the portal can read.</summary>
public sealed record AgencyJourney(string State, string Nonce, string Verifier, string ReturnUrl);

/// <summary>Somebody for whom the provider vouches. Of these only issuer and subject say who it is.</summary>
public sealed record AgencyPerson(string Issuer, string Subject, string Name, string Email);

/// <summary>The provider's answer is not to be believed.</summary>
public sealed class AgencyTokenException(string fault) : Exception(fault);

/// <summary>Speaks with the provider: authorization code flow with PKCE (MSAL); the ID token is checked here, since MSAL does not
/// (OpenID Connect Core 1.0, 3.1.3.7: signature, issuer, audience, lifetime, nonce).</summary>
public sealed class AgencyProvider : IMsalHttpClientFactory, IDisposable
{
    private static readonly string[] Scopes = ["openid", "profile", "email"];
    private readonly AgencySettings settings;
    private readonly HttpClient http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> configurations;

    public AgencyProvider(AgencySettings settings)
    {
        this.settings = settings;
        http = new HttpClient(new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = settings.CaFile is { } file ? Trusting(file) : null } })
        { Timeout = TimeSpan.FromSeconds(15) };
        configurations = new($"{settings.Authority}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(http));
    }

    public AgencySettings Settings => settings;

    public HttpClient GetHttpClient() => http;

    /// <summary>Where to send the browser, and what to keep until it comes back.</summary>
    /// <param name="back">The address of the portal that the provider sends it back to.</param>
    /// <exception cref="MsalException">The provider cannot be reached.</exception>
    public async Task<(Uri There, AgencyJourney Journey)> BeginAsync(string back, string returnUrl, CancellationToken cancel)
    {
        var (state, nonce) = (Random(), Random());
        var there = await Client(back).GetAuthorizationRequestUrl(Scopes).WithPrompt(Prompt.NoPrompt).WithPkce(out var verifier)
            .WithExtraQueryParameters(new Dictionary<string, (string, bool)> { ["state"] = (state, false), ["nonce"] = (nonce, false) }).ExecuteAsync(cancel);
        return (there, new(state, nonce, verifier, returnUrl));
    }

    /// <summary>Takes the code to the provider, and checks whom it vouches for.</summary>
    /// <exception cref="MsalException">The provider cannot be reached, or does not take the code.</exception>
    /// <exception cref="AgencyTokenException">Its answer is not to be believed.</exception>
    public async Task<AgencyPerson> FinishAsync(string back, string code, AgencyJourney journey, CancellationToken cancel)
    {
        var answer = await Client(back).AcquireTokenByAuthorizationCode(Scopes, code).WithPkceCodeVerifier(journey.Verifier).ExecuteAsync(cancel);
        return await CheckAsync(answer.IdToken, journey.Nonce, cancel);
    }

    /// <summary>Whom an ID token vouches for.</summary>
    /// <exception cref="AgencyTokenException">Signature, issuer, audience, lifetime or nonce are not what they must be.</exception>
    public async Task<AgencyPerson> CheckAsync(string? token, string nonce, CancellationToken cancel)
    {
        var result = await ValidateAsync(token, cancel);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The provider has changed its keys since we last looked.
            configurations.RequestRefresh();
            result = await ValidateAsync(token, cancel);
        }
        if (!result.IsValid)
            throw new AgencyTokenException(result.Exception.GetType().Name);
        var said = (JsonWebToken)result.SecurityToken;
        if (!Same(said.TryGetValue<string>("nonce", out var shown) ? shown : "", nonce))
            throw new AgencyTokenException("nonce");
        if (said.TryGetValue<string>("azp", out var party) && party != settings.ClientId)
            throw new AgencyTokenException("azp");
        if (string.IsNullOrEmpty(said.Subject))
            throw new AgencyTokenException("sub");
        return new(said.Issuer, said.Subject, Claim(said, "name"), Claim(said, "email"));
    }

    public void Dispose() => http.Dispose();

    private async Task<TokenValidationResult> ValidateAsync(string? token, CancellationToken cancel)
    {
        var provider = await configurations.GetConfigurationAsync(cancel);
        return await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = settings.ClientId,
            IssuerSigningKeys = provider.SigningKeys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            ClockSkew = TimeSpan.FromMinutes(2),
        });
    }

    // A client for each journey: what it would remember of tokens is of no use here.
    private IConfidentialClientApplication Client(string back) => ConfidentialClientApplicationBuilder.Create(settings.ClientId).WithClientSecret(settings.Secret)
        .WithOidcAuthority(settings.Authority).WithRedirectUri(back).WithHttpClientFactory(this).Build();

    private static string Claim(JsonWebToken token, string name) => token.TryGetValue<string>(name, out var value) ? value : "";

    private static bool Same(string shown, string kept) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(kept));

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
