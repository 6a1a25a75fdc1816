using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Output;
using Undercloud.Host.Gathering;

namespace Undercloud.Host.Operations;

/// <summary>What an install would change.</summary>
/// <param name="Run">The prepared run that was compared.</param>
/// <param name="Mask">Masks every secret, including those on the host.</param>
/// <param name="Differences">The differences. Their diffs hold secrets: mask before showing.</param>
public sealed record DiffOutcome(PreparedRun Run, SecretMask Mask, NodeResult Differences);
