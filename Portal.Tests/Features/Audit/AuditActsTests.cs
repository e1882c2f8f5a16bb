using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Audit;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Audit;

/// <summary>Whatever the portal writes in the audit, it can say.</summary>
public sealed partial class AuditActsTests
{
    private static readonly ResourceManager Texts = new(typeof(AuditTexts));

    [Fact]
    public void Acts_InTheSource_AreTheActsThatHaveAGroup()
    {
        var written = SourceFiles.Of("Portal", ".cs").Concat(SourceFiles.Of("Portal", ".razor")).SelectMany(file => Written().Matches(file.Text))
            .SelectMany(call => Code().Matches(call.Value)).Select(code => code.Groups[1].Value).Concat(["demo-data-loaded", "installation-decided"]).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(written, AuditActs.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Words_OfEveryActGroupBreakAndRight_AreThereInBothLanguages()
    {
        string[] keys =
        [
            .. AuditActs.All.Select(act => $"Act.{act}"), .. Enum.GetNames<AuditGroup>().Select(group => $"Group.{group}"),
            .. Enum.GetNames<AuditBreakKind>().Select(kind => $"Break.{kind}"), .. Enum.GetNames<Capability>().Select(right => $"Value.capability.{right}"),
        ];
        Assert.All(new[] { CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("en") }, language =>
            Assert.All(keys, key => Assert.False(string.IsNullOrEmpty(Texts.GetResourceSet(language, true, false)!.GetString(key)), $"{language.Name}: {key}")));
    }

    [Theory]
    [InlineData("halong", "halong")]
    [InlineData("Trạm số 1", "Trạm số 1")]
    [InlineData("a\r\n2026 admin signed-in", "a\\u000d\\u000a2026 admin signed-in")]
    [InlineData("a\u2028b\u202Ec\0", "a\\u2028b\\u202ec\\u0000")]
    public void OneLine_WhateverIsTyped_StaysOnOne(string typed, string kept) => Assert.Equal(kept, WriteAudit.OneLine(typed));

    // A call up to its end, where the act is a literal or a choice of two.
    [GeneratedRegex(@"(AuditAsync|BySystemAsync|AloneAsync|WriteAudit\.AsAsync)\([^;]*")]
    private static partial Regex Written();

    [GeneratedRegex(@"(?<=[(,?:]\s*)""([a-z]+(?:-[a-z]+)*)""(?=\s*[,:])")]
    private static partial Regex Code();
}
