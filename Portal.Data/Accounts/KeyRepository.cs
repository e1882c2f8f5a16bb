using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace QuanTrac.Portal.Data.Accounts;

/// <summary>Keys of data protection in the database, so that any node reads the cookies of any other.</summary>
public sealed class KeyRepository(IDbContextFactory<SystemDb> databases) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.CreateDbContext();
        return db.DataProtectionKeys.AsNoTracking().Select(key => key.Xml).ToList().ConvertAll(xml => XElement.Parse(xml));
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.CreateDbContext();
        db.DataProtectionKeys.Add(new() { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
