using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NpgsqlTypes;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Data.Model;

/// <summary>daterange ↔ DateInterval. PostgreSQL keeps ranges half open: its upper bound is the day after the last.</summary>
public sealed class DateIntervalConverter()
    : ValueConverter<DateInterval, NpgsqlRange<DateOnly>>(interval => ToRange(interval), range => ToInterval(range))
{
    public static NpgsqlRange<DateOnly> ToRange(DateInterval interval) => new(
        interval.From ?? default, true, interval.From is null,
        interval.To?.AddDays(1) ?? default, false, interval.To is null);

    public static DateInterval ToInterval(NpgsqlRange<DateOnly> range) => new(
        range.LowerBoundInfinite ? null : range.LowerBoundIsInclusive ? range.LowerBound : range.LowerBound.AddDays(1),
        range.UpperBoundInfinite ? null : range.UpperBoundIsInclusive ? range.UpperBound : range.UpperBound.AddDays(-1));
}
