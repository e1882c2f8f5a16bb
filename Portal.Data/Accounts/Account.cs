using Microsoft.AspNetCore.Identity;

namespace QuanTrac.Portal.Data.Accounts;

/// <summary>Who may sign in: one person, one account, one organisation.</summary>
public sealed class Account : IdentityUser<int>
{
    public Account()
    {
        Email = "";
        PhoneNumber = "";
    }

    public string DisplayName { get; set; } = "";

    /// <summary>A <see cref="Domain.Access.Role"/> in lower case.</summary>
    public required string Role { get; set; }
    public required string OrganisationCode { get; set; }
    public bool MustChangePassword { get; set; }

    /// <summary>Exists only with the demo data.</summary>
    public bool Demo { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Takes over the accounts of its organisation when a person moves or retires (Điều 6.2c).</summary>
    public bool HeadsUnit { get; set; }

    /// <summary>The last day on which it opens; null: until it is locked or its person leaves.</summary>
    public DateOnly? ValidUntil { get; set; }
    public DateTimeOffset? LastSeenAt { get; set; }
    public DateTimeOffset? PasswordChangedAt { get; set; }

    /// <summary>Locked by a person or a rule, with who and why (Điều 9.3b); too many wrong passwords are <see cref="IdentityUser{TKey}.LockoutEnd"/>.</summary>
    public DateTimeOffset? LockedAt { get; set; }
    public string LockedBy { get; set; } = "";
    public string LockedReason { get; set; } = "";

    /// <summary>Idleness counts from here at the earliest: unlocked or extended then.</summary>
    public DateTimeOffset? IdleFrom { get; set; }

    /// <summary>The person left: the account never opens again, its history stays.</summary>
    public DateTimeOffset? LeftAt { get; set; }
}
