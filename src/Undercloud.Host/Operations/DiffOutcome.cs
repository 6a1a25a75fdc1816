using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Output;
using Undercloud.Host.Gathering;

namespace Undercloud.Host.Operations;

/// <summary>What an install would change.</summary>
/// <param name="Run">The run that it would be.</param>
/// <param name="Mask">Hides every secret, those on the host as well.</param>
/// <param name="Differences">What differs. Diffs in it hold secrets: mask before showing.</param>
public sealed record DiffOutcome(PreparedRun Run, SecretMask Mask, NodeResult Differences);
