using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.SignalR;
using System.Security.Cryptography;

namespace QuanTrac.Portal.Access;

/// <summary>The marks of a page's components belong to the session that was given the page: a circuit of another session does not start them. The
/// framework seals the marks but not for whom; this puts the session inside the seal.</summary>
/// <remarks>Everything else that is protected passes through as it is.</remarks>
public sealed class SessionMarkers(IDataProtectionProvider inner, IHttpContextAccessor request) : IDataProtectionProvider, IHubFilter
{
    // The framework's own word for the marks; a test fails where it changes.
    private const string Purpose = "Microsoft.AspNetCore.Components.ComponentDescriptorSerializer,V1";

    private static readonly AsyncLocal<Caller?> Called = new();

    public IDataProtector CreateProtector(string purpose) =>
        purpose == Purpose ? new Protector(inner.CreateProtector(purpose), request) : inner.CreateProtector(purpose);

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        Called.Value = new(SessionBook.Of(invocationContext.Context.User) ?? Guid.Empty, invocationContext.HubMethodName == "ResumeCircuit");
        return await next(invocationContext);
    }

    private sealed record Caller(Guid Session, bool Resumes);

    private sealed class Protector(IDataProtector inner, IHttpContextAccessor request) : IDataProtector
    {
        private const int Length = 16;

        public IDataProtector CreateProtector(string purpose) => new Protector(inner.CreateProtector(purpose), request);

        public byte[] Protect(byte[] plaintext) =>
            inner.Protect([.. (Called.Value?.Session ?? SessionBook.Of(request.HttpContext?.User) ?? Guid.Empty).ToByteArray(), .. plaintext]);

        public byte[] Unprotect(byte[] protectedData)
        {
            var (marked, caller) = (inner.Unprotect(protectedData), Called.Value);
            if (marked.Length < Length || caller is null)
                throw new CryptographicException("No mark of ours.");
            var session = new Guid(marked.AsSpan(0, Length));
            // What the server put away itself, while nobody called, comes back by the secret of its circuit alone.
            return session == caller.Session || (session == Guid.Empty && caller.Resumes)
                ? marked[Length..] : throw new CryptographicException("The mark of another session.");
        }
    }
}
