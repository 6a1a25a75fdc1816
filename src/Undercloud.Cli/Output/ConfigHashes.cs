namespace Undercloud.Cli.Output;

/// <summary>The hashes of configuration files in start-up configurations.</summary>
internal static class ConfigHashes
{
    /// <summary>
    /// A unified diff without the hunks in which only such hashes change: the changed files and containers are listed anyway. Null when no hunk is left.
    /// </summary>
    public static string? Without(string? diff)
    {
        if (diff is null || !diff.Contains("\"config_hash\"", StringComparison.Ordinal))
            return diff;
        var lines = diff.TrimEnd('\n').Split('\n');
        var head = lines.TakeWhile(line => !IsHunk(line)).ToList();
        var kept = new List<string>();
        for (var at = head.Count; at < lines.Length;)
        {
            var end = Array.FindIndex(lines, at + 1, IsHunk) is >= 0 and var next ? next : lines.Length;
            if (!lines[(at + 1)..end].Where(line => line is ['+' or '-', ..]).All(IsHash))
                kept.AddRange(lines[at..end]);
            at = end;
        }

        return kept.Count == 0 ? null : string.Join('\n', head.Concat(kept)) + "\n";
    }

    private static bool IsHunk(string line) => line.StartsWith("@@ ", StringComparison.Ordinal);

    private static bool IsHash(string line) => line[1..].TrimStart().StartsWith("\"config_hash\": ", StringComparison.Ordinal);
}
