using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>One key of Puppet's hieradata in an operator's file.</summary>
/// <param name="Name">E.g. keystone::token_expiration.</param>
/// <param name="Value">Its value.</param>
/// <param name="Location">Its place.</param>
public sealed record HieradataKey(string Name, Value Value, SourceSpan? Location);
