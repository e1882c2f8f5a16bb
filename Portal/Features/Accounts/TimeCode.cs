using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>The six digits that an authenticator app shows (RFC 6238: SHA-1, thirty seconds).</summary>
public static class TimeCode
{
    private const int Seconds = 30;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // RFC 4226 asks for 160 bits.
    private const int SecretBytes = 20;

    /// <summary>A new secret in base 32.</summary>
    public static string NewSecret() => Write(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The number of the thirty seconds in which an instant lies.</summary>
    public static long StepOf(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / Seconds;

    public static string At(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What every authenticator app computes; as an HMAC it is not broken.
        var hash = HMACSHA1.HashData(Read(secret), counter);
#pragma warning restore CA5350
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step that a code belongs to: this one, the one before or the next, since clocks differ; null where it belongs to none.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now)
    {
        long? found = null;
        foreach (var step in new[] { StepOf(now) - 1, StepOf(now), StepOf(now) + 1 })
        {
            // All three are always looked at.
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(secret, step)), Encoding.ASCII.GetBytes(code)))
                found = step;
        }
        return found;
    }

    /// <summary>What the picture says to the app.</summary>
    public static string Address(string secret, string account) =>
        $"otpauth://totp/QuanTrac:{Uri.EscapeDataString(account)}?secret={secret}&issuer=QuanTrac";

    private static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int bits = 0, held = 0;
        foreach (var one in bytes)
        {
            (held, bits) = ((held << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Letters[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }
        return text.ToString();
    }

    private static byte[] Read(string text)
    {
        var bytes = new List<byte>();
        int bits = 0, held = 0;
        foreach (var letter in text)
        {
            (held, bits) = ((held << 5) | Letters.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
            held &= (1 << bits) - 1;
        }
        return [.. bytes];
    }
}
