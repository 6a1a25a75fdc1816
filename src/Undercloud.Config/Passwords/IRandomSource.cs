namespace Undercloud.Config;

/// <summary>A source of random bytes: the operating system's, or a fixed one in tests.</summary>
public interface IRandomSource
{
    /// <summary>Fills the whole span with uniformly distributed bytes.</summary>
    void Fill(Span<byte> bytes);
}
