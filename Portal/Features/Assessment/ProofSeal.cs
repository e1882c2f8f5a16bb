using System.Security.Cryptography;
using System.Text;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>What a proof sheet is known by (checklist S21): the SHA-256 of its words in UTF-8, and a short number made of it. The same words give the
/// same two, whoever prints them on whatever day; one other figure gives others. Time, person and page are not among the words.</summary>
/// <param name="Words">What the sheet says, a line for each paragraph, each ended by a line feed.</param>
public sealed record ProofSeal(string Words)
{
    // Crockford's digits: none is taken for another when it is read aloud or typed.
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Groups = 3;
    private const int DigitsOfGroup = 4;

    /// <summary>The file of the words, as <c>sha256sum</c> reads it.</summary>
    public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(Words);

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>"PCM-7K3M-0QXE-91TB": the first sixty bits of the hash, five to a digit.</summary>
    public string Number
    {
        get
        {
            var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Bytes));
            var digits = Enumerable.Range(0, Groups * DigitsOfGroup).Select(place => Digits[(int)(bits >> (59 - 5 * place) & 31)]);
            return "PCM-" + string.Join('-', digits.Chunk(DigitsOfGroup).Select(group => new string(group)));
        }
    }
}

/// <summary>A sheet and what it is known by.</summary>
internal sealed record PrintedProof(byte[] Pdf, ProofSeal Seal);

/// <summary>Who asked for a sheet, when, and where it can be had again.</summary>
/// <param name="Day">The day at the place.</param>
/// <param name="Address">Of the sheet; of its words, for whoever checks.</param>
internal sealed record ProofAsked(string By, DateTimeOffset At, DateOnly Day, ProofBody Body, string Address, string WordsAddress);

/// <summary>The body that issues the sheet and the one above it, by their names of the day.</summary>
public sealed record ProofBody(string Above, string Name)
{
    private const string Committee = "Ủy ban nhân dân";

    /// <summary>Of names in full: "Ủy ban nhân dân" is written short (Nghị định 30/2020/NĐ-CP, Phụ lục I), and the place that the body above names is not said twice.</summary>
    public static ProofBody Of(string above, string name)
    {
        var same = above.Reverse().Zip(name.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        var place = name.IndexOf(' ', name.Length - same);
        return new(above.Replace(Committee, "UBND", StringComparison.Ordinal), place > 0 ? name[..place] : name);
    }
}
