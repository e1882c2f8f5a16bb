using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Commands;

/// <summary>The part of a standard that an auditor names by --standard and --table.</summary>
internal static class AskedPart
{
    /// <returns>No part where the values of the standard are not known: all is without limit.</returns>
    /// <exception cref="UsageException">An option is missing, or names nothing.</exception>
    public static (Standard Standard, StandardPart? Part) Of(CommandContext context, StandardBook standards, string usage)
    {
        var (code, name) = (context.Line.Option("standard"), context.Line.Option("table"));
        if (code is null || name is null)
            throw new UsageException(UsageFault.ArgumentsWrong, usage);
        var standard = standards.Named(code)
            ?? throw new UsageException(UsageFault.StandardUnknown, code, string.Join(", ", standards.All.Select(known => known.Code).Order(StringComparer.Ordinal)));
        var part = StandardPart.Find(standard, name);
        if (part is null && standard.Limits.Count > 0)
            throw new UsageException(UsageFault.TableUnknown, name, standard.Code, Parts(standard));
        return (standard, part);
    }

    /// <summary>The day of --on; else today, or the nearest day on which the standard is in force.</summary>
    /// <param name="facility">As for <see cref="PartLimits.Find"/>: whoever names a facility asks what holds for it today.</param>
    public static DateOnly DayOf(CommandContext context, Standard standard, DateOnly? facility = null)
    {
        if (Day(context, "on") is { } day)
            return day;
        var today = PortalDay.Of(context.Clock);
        var valid = standard.Papers.Valid;
        return facility is not null ? today : today > valid.To ? valid.To.Value : today < valid.From ? valid.From.Value : today;
    }

    /// <summary>The day that an option gives; null without it.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static DateOnly? Day(CommandContext context, string option) => context.Line.Option(option) is not { } written ? null
        : DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException(UsageFault.OptionValueInvalid, option, written);

    private static string Parts(Standard standard) => string.Join("; ", standard.Columns.Select(column => $"{column.Code} ({column.NameVi})")
        .Concat(standard.Limits.Select(limit => limit.Place.Table).Distinct()));
}
