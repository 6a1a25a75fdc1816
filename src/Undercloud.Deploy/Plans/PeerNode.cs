using System.Collections.Immutable;
using Undercloud.Deploy.Services;

namespace Undercloud.Deploy.Plans;

/// <summary>Another node of the cloud, as a node's plan sees it.</summary>
/// <param name="Address">Its address on the control plane, without prefix length.</param>
/// <param name="Services">Its services.</param>
public sealed record PeerNode(string Address, ImmutableArray<ServiceData> Services);
