namespace QuanTrac.Portal.Commands;

/// <summary>What was typed: a verb, its arguments, and its options (<c>--name value</c>, <c>--name=value</c> or <c>--name</c>).</summary>
public sealed class CommandLine
{
    private readonly Dictionary<string, string?> _options;

    private CommandLine(string? verb, IReadOnlyList<string> arguments, Dictionary<string, string?> options) =>
        (Verb, Arguments, _options) = (verb, arguments, options);

    /// <summary>The first word, or null.</summary>
    public string? Verb { get; }

    /// <summary>The other words that are no options.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Reads the words.</summary>
    /// <param name="words">As typed.</param>
    /// <param name="switches">Options that take no value.</param>
    /// <param name="valued">Options that take one.</param>
    /// <exception cref="UsageException">An option is unknown, lacks its value, or has one too many.</exception>
    public static CommandLine Read(
        IReadOnlyList<string> words, IReadOnlyCollection<string> switches, IReadOnlyCollection<string> valued)
    {
        List<string> plain = [];
        Dictionary<string, string?> options = [];
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                plain.Add(words[i]);
                continue;
            }

            var parts = words[i][2..].Split('=', 2);
            var (name, value) = (parts[0], parts.Length == 2 ? parts[1] : null);
            if (switches.Contains(name))
            {
                if (value is not null)
                {
                    throw new UsageException(UsageFault.OptionTakesNoValue, name);
                }
            }
            else if (!valued.Contains(name))
            {
                throw new UsageException(UsageFault.OptionUnknown, name);
            }
            else if (value is null)
            {
                i++;
                value = i < words.Count && !words[i].StartsWith("--", StringComparison.Ordinal)
                    ? words[i]
                    : throw new UsageException(UsageFault.OptionLacksValue, name);
            }

            options[name] = value;
        }

        return new CommandLine(plain.FirstOrDefault(), [.. plain.Skip(1)], options);
    }

    /// <summary>Whether an option was given.</summary>
    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>The value of an option, or null.</summary>
    public string? Option(string option) => _options.GetValueOrDefault(option);
}

/// <summary>What is wrong with what was typed.</summary>
public enum UsageFault
{
    /// <summary>Facts: the verb.</summary>
    VerbUnknown,

    /// <summary>Facts: the option.</summary>
    OptionUnknown,

    /// <summary>Facts: the option.</summary>
    OptionLacksValue,

    /// <summary>Facts: the option.</summary>
    OptionTakesNoValue,

    /// <summary>Facts: the option, its value.</summary>
    OptionValueInvalid,

    /// <summary>Facts: how the verb is used.</summary>
    ArgumentsWrong,

    /// <summary>Facts: the account.</summary>
    AccountUnknown,

    /// <summary>It does not open today. Facts: the account.</summary>
    AccountClosed,

    /// <summary>Accepting was asked for without a second account, or with the one that hands in.</summary>
    ReviewerMissing,

    /// <summary>Facts: the file.</summary>
    FileUnknown,

    /// <summary>Facts: the campaign.</summary>
    CampaignUnknown,

    /// <summary>Facts: what was written, the standards that there are.</summary>
    StandardUnknown,

    /// <summary>Facts: what was written, the standard, its columns and tables.</summary>
    TableUnknown,

    /// <summary>Facts: the coefficient, the standard.</summary>
    CoefficientUnknown,
}

/// <summary>The command cannot be understood; nothing was done.</summary>
public sealed class UsageException(UsageFault fault, params string[] facts)
    : Exception($"{fault}: {string.Join(" · ", facts)}")
{
    /// <summary>Which fault.</summary>
    public UsageFault Fault { get; } = fault;

    /// <summary>What the sentence needs.</summary>
    public IReadOnlyList<string> Facts { get; } = facts;
}
