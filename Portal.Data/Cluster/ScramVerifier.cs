using System.Security.Cryptography;
using System.Text;

namespace QuanTrac.Portal.Data.Cluster;

/// <summary>What PostgreSQL stores of a password (RFC 5802), so that no password stands in SQL, on a screen or in a server's log.</summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;

    /// <summary>The verifier of a password of plain ASCII (others would have to be normalised first).</summary>
    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.ASCII.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}"
            + $"${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
