using System.Text;
using Microsoft.EntityFrameworkCore;

namespace QuanTrac.Portal.Data.Model;

/// <summary>Names in the database are the names in C#, in snake case; a table is named by its entity, in the singular.</summary>
internal static class SnakeCase
{
    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            entity.SetTableName(Of(entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Of(property.Name));
        }
    }

    // FileSha256 → file_sha256, XUsed → x_used, NameVi → name_vi
    private static string Of(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0)
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}
