namespace Undercloud.Config;

/// <summary>Where random bytes come from: the operating system's source, or a fixed one in tests.</summary>
public interface IRandomSource
{
    /// <summary>Fills the whole span with bytes, each as likely as any other.</summary>
    void Fill(Span<byte> bytes);
}
