namespace Undercloud.Scenarios;

/// <summary>The undercloud of OpenStack's release epoxy, on a host of the Debian release that it comes from.</summary>
[Trait("scenario", "undercloud-containers-epoxy")]
[Trait("release", "epoxy")]
public sealed class UndercloudContainersEpoxy(SandboxHost host) : UndercloudContainersSteps(host);
