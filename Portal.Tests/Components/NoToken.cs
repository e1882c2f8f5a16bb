using Microsoft.AspNetCore.Components.Forms;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>Stands where a form that is sent beside the circuit asks for its token.</summary>
internal sealed class NoToken : AntiforgeryStateProvider
{
    public override AntiforgeryRequestToken? GetAntiforgeryToken() => new("x", "__RequestVerificationToken");
}
