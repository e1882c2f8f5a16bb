using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Accounts;

/// <summary>What the framework keeps, through the system login: accounts and keys, nothing of the data.</summary>
public sealed class SystemDb(DbContextOptions<SystemDb> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
            account.Property(a => a.UserName).IsRequired();
            account.Property(a => a.NormalizedUserName).IsRequired();
            account.Property(a => a.Email).IsRequired();
            account.Property(a => a.PhoneNumber).IsRequired();
            account.Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed).Ignore(a => a.PhoneNumberConfirmed);
        });
        modelBuilder.Entity<IdentityUserClaim<int>>().HasKey(claim => claim.Id);
        modelBuilder.Entity<IdentityUserLogin<int>>().HasKey(login => new { login.LoginProvider, login.ProviderKey });
        modelBuilder.Entity<IdentityUserToken<int>>().HasKey(token => new { token.UserId, token.LoginProvider, token.Name });
        SnakeCase.Apply(modelBuilder);
        modelBuilder.Entity<Account>().Property(a => a.PhoneNumber).HasColumnName("phone");
        modelBuilder.Entity<IdentityUserClaim<int>>().ToTable("account_claim");
        modelBuilder.Entity<IdentityUserLogin<int>>().ToTable("account_login");
        modelBuilder.Entity<IdentityUserToken<int>>().ToTable("account_token");
    }
}

/// <summary>A key of data protection, as XML; keys are added, never changed.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; init; }
    public required string FriendlyName { get; init; }
    public required string Xml { get; init; }
}
