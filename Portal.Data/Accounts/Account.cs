using Microsoft.AspNetCore.Identity;

namespace QuanTrac.Portal.Data.Accounts;

/// <summary>Who may sign in: one person, one account, one organisation.</summary>
public sealed class Account : IdentityUser<int>
{
    public string DisplayName { get; set; } = "";

    /// <summary>A <see cref="Domain.Access.Role"/> in lower case.</summary>
    public required string Role { get; set; }
    public required string OrganisationCode { get; set; }
    public bool MustChangePassword { get; set; }

    /// <summary>Exists only with the demo data.</summary>
    public bool Demo { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
