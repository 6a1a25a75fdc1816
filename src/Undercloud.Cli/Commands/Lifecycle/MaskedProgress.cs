using Undercloud.Deploy.Output;
using Undercloud.Host.Output;

namespace Undercloud.Cli.Commands.Lifecycle;

/// <summary>Progress without secrets: a service may say in an error what it was sent.</summary>
internal sealed class MaskedProgress(IProgressView inner, SecretMask mask) : IProgressView
{
    public void Phase(string name) => inner.Phase(name);

    public void Now(string text) => inner.Now(mask.Apply(text));

    public void Line(string text) => inner.Line(mask.Apply(text));

    public void Warn(string text) => inner.Warn(mask.Apply(text));
}
