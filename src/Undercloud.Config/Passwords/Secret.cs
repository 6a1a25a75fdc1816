namespace Undercloud.Config;

/// <summary>A text that must not be shown. Only code that writes it to its destination calls <see cref="Reveal"/>.</summary>
public sealed record Secret
{
    private readonly string _text;

    public Secret(string text) => _text = text;

    /// <summary>The text itself.</summary>
    public string Reveal() => _text;

    public override string ToString() => "***";
}
