using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Tests.Domain.Access;

using Access = QuanTrac.Portal.Domain.Access.Access;

public sealed class AccessTests
{
    // Who may do what: role, login, and their capabilities; everything else is refused.
    [Theory]
    [InlineData(Role.Admin, Login.Province, "SeeMap SeeStandards HandIn AcceptSubmission ReleaseCampaign LoadReference CreateAccount SeeNotices SeeDuties ManageDuties SeeOrganisations SeeOverview ManageOrganisations Operate UseDesk ManageDesk UseOwnAccount AskForAccounts ManageAccounts")]
    [InlineData(Role.Manager, Login.Province, "SeeMap SeeStandards HandIn AcceptSubmission ReleaseCampaign ApproveAccounts SeeNotices SeeDuties SeeOrganisations SeeOverview UseDesk UseOwnAccount AskForAccounts")]
    [InlineData(Role.Manager, Login.Scoped, "SeeMap SeeStandards HandIn SeeNotices SeeDuties SeeOrganisations SeeOverview UseDesk UseOwnAccount AskForAccounts")]
    [InlineData(Role.Facility, Login.Scoped, "SeeMap SeeStandards HandIn SeeNotices SeeDuties SeeOrganisations SeeOverview UseDesk UseOwnAccount AskForAccounts")]
    [InlineData(Role.Parent, Login.Scoped, "SeeMap SeeStandards HandIn SeeNotices SeeDuties SeeOrganisations SeeOverview UseDesk UseOwnAccount AskForAccounts")]
    [InlineData(Role.Guest, Login.Guest, "SeeMap SeeStandards UseDesk UseOwnAccount")]
    public void Demand_EachRole_AllowsItsCapabilitiesAndNoOther(Role role, Login login, string allowed)
    {
        var access = new Access(role, login, 1, "someone", 1, "ORG");
        foreach (var capability in Enum.GetValues<Capability>())
        {
            if (allowed.Split(' ').Contains(capability.ToString()))
                access.Demand(capability);
            else
                Assert.Equal(capability, Assert.Throws<NotAllowedException>(() => access.Demand(capability)).Capability);
        }
    }

    // Điều 6.2a: quản trị, quản lý, khách.
    [Theory]
    [InlineData(Role.Admin, LegalGroup.Administrator)]
    [InlineData(Role.Manager, LegalGroup.Manager)]
    [InlineData(Role.Facility, LegalGroup.Manager)]
    [InlineData(Role.Parent, LegalGroup.Manager)]
    [InlineData(Role.Guest, LegalGroup.Guest)]
    public void LegalGroup_EachRole_IsOneOfTheThree(Role role, LegalGroup group) =>
        Assert.Equal(group, new Access(role, Login.Scoped, 1, "someone", 1, "ORG").LegalGroup);

    [Theory]
    [InlineData(Role.Admin, "centre", Login.Province)]
    [InlineData(Role.Manager, "department", Login.Province)]
    [InlineData(Role.Manager, "sub_department", Login.Province)]
    [InlineData(Role.Manager, "centre", Login.Province)]
    [InlineData(Role.Manager, "committee", Login.Province)]
    [InlineData(Role.Manager, "body", Login.Scoped)]
    [InlineData(Role.Manager, "board", Login.Scoped)]
    [InlineData(Role.Manager, "police", Login.Scoped)]
    [InlineData(Role.Manager, "armed_forces", Login.Scoped)]
    [InlineData(Role.Manager, "district", Login.Scoped)]
    [InlineData(Role.Manager, "commune", Login.Scoped)]
    [InlineData(Role.Facility, "facility", Login.Scoped)]
    [InlineData(Role.Facility, "department", Login.Scoped)]
    [InlineData(Role.Parent, "parent", Login.Scoped)]
    [InlineData(Role.Guest, "public", Login.Guest)]
    [InlineData(Role.Guest, "department", Login.Guest)]
    public void LoginFor_RoleAndKind_IsTheWallOfThatKind(Role role, string kind, Login login) => Assert.Equal(login, Access.LoginFor(role, kind));
}
