using MudBlazor;

namespace QuanTrac.Portal.Ui;

/// <summary>Yes or no.</summary>
public sealed class CheckField : MudCheckBox<bool>
{
    public CheckField() => (Dense, Color, Ripple, Size) = (true, Color.Primary, false, Size.Small);
}

/// <summary>Something that takes effect at once when it is pressed.</summary>
public sealed class SwitchField : MudSwitch<bool>
{
    public SwitchField() => (Color, Ripple, Size) = (Color.Primary, false, Size.Small);
}
