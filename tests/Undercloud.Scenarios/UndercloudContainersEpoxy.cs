namespace Undercloud.Scenarios;

/// <summary>The undercloud of the release epoxy, on a host of the Debian release that contains it.</summary>
[Trait("scenario", "undercloud-containers-epoxy")]
[Trait("release", "epoxy")]
public sealed class UndercloudContainersEpoxy(SandboxHost host) : UndercloudContainersSteps(host);
