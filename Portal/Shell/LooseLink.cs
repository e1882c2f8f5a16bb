namespace QuanTrac.Portal.Shell;

/// <summary>A token that follows others without holding up whoever cancels them: breaking off a query on a dead wire takes seconds, and many would wait one after another.</summary>
public sealed class LooseLink : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<CancellationTokenRegistration> links = [];

    public LooseLink(params CancellationToken[] followed)
    {
        foreach (var token in followed)
            links.Add(token.UnsafeRegister(static own => _ = ((CancellationTokenSource)own!).CancelAsync(), source));
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var link in links)
            link.Dispose();
        source.Dispose();
    }
}
