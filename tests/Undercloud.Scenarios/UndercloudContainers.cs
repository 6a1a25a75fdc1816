namespace Undercloud.Scenarios;

/// <summary>The undercloud of the default release.</summary>
[Trait("scenario", "undercloud-containers")]
[Trait("voting", "yes")]
public sealed class UndercloudContainers(SandboxHost host) : UndercloudContainersSteps(host);
