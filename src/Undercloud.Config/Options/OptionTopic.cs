using System.Collections.Immutable;

namespace Undercloud.Config;

/// <summary>Options that belong together, under one heading of the sample file and of the reference.</summary>
public sealed record OptionTopic(string Title, ImmutableArray<ConfigOption> Options);
