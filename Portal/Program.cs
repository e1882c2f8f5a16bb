using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Shell;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddShell();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options => options.LoginPath = "/sign-in");
builder.Services.AddAuthorization();
builder.Services.AddScoped<SignIn>();
builder.Services.AddScoped<MapData>();
builder.Services.AddSingleton(new DemoNotice(builder.Configuration.GetValue<bool>("DemoNotice")));
builder.Services.AddSingleton(new BaseMap(builder.Configuration["BaseMap"] ?? Path.Combine(builder.Environment.ContentRootPath, "../seed/basemap")));

var app = builder.Build();
app.UseShell();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapShell();
BaseMap.MapEndpoints(app);
app.Run();

namespace QuanTrac.Portal.Features.Accounts
{
    /// <summary>Checks name and password and sets the cookie.</summary>
    public sealed class SignIn
    {
        public async Task<SignInOutcome> TryAsync(HttpContext context, string userName, string password)
        {
            if (userName != "manager" || password != "QuanTrac-demo-2026")
                return SignInOutcome.Wrong;
            Claim[] claims = [new(ClaimTypes.Name, userName), new(AccountClaims.Organisation, "Sở Nông nghiệp và Môi trường"), new(AccountClaims.Group, "manager")];
            await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(claims, "password")));
            return SignInOutcome.Done;
        }
    }
}
