namespace Undercloud.Scenarios;

/// <summary>The undercloud that is installed when nothing is said.</summary>
[Trait("scenario", "undercloud-containers")]
[Trait("voting", "yes")]
public sealed class UndercloudContainers(SandboxHost host) : UndercloudContainersSteps(host);
