namespace Undercloud.Host.Node.Cloud;

/// <summary>Keystone could not be asked, or refused. The message is fit to be shown as it is.</summary>
public sealed class KeystoneException(string message, bool unreachable = false) : Exception(message)
{
    /// <summary>Nothing answered at all: it does not run (yet).</summary>
    public bool Unreachable { get; } = unreachable;
}
