namespace QuanTrac.Portal.Ui;

/// <summary>A row of a list, the same one when it is read again with another state: it is drawn over, not anew, and whoever stands on it stays there.</summary>
/// <param name="id">Of the row, in its list no other's.</param>
public sealed class KeptRow<T>(object id, T value) : IEquatable<KeptRow<T>>
{
    private readonly object id = id;

    public T Value => value;

    public bool Equals(KeptRow<T>? other) => other is not null && id.Equals(other.id);

    public override bool Equals(object? obj) => Equals(obj as KeptRow<T>);

    public override int GetHashCode() => id.GetHashCode();
}
