namespace Undercloud.Heat.Diagnostics;

/// <summary>Finds the name that a misspelled name was probably meant to be.</summary>
public static class NearestName
{
    // Longer names are not mistyped by just a letter or two, and the work grows with the square.
    private const int LengthLimit = 100;
    private const int CandidateLimit = 5000;

    /// <summary>The candidate with the fewest edits from <paramref name="name"/>, or null when none is near enough to be meant.</summary>
    public static string? Of(string name, IEnumerable<string> candidates) => Of(name, candidates, Math.Max(2, name.Length / 3));

    /// <summary>The candidate with the fewest edits from <paramref name="name"/>, at most <paramref name="most"/>, or null.</summary>
    public static string? Of(string name, IEnumerable<string> candidates, int most)
    {
        if (name.Length > LengthLimit)
            return null;
        string? best = null;
        var distance = most;
        // Each character of difference in length takes at least one edit, so most candidates are skipped early.
        foreach (var candidate in candidates.Where(candidate => Math.Abs(candidate.Length - name.Length) <= most).Take(CandidateLimit))
        {
            var edits = Distance(name, candidate);
            // Candidates come in any order; the result must not depend on it.
            if (edits < distance || (edits == distance && (best is null || string.CompareOrdinal(candidate, best) < 0)))
                (best, distance) = (candidate, edits);
        }

        return best;
    }

    // Levenshtein, two rows.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 0; i < left.Length; i++)
        {
            current[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var replaced = previous[j] + (char.ToLowerInvariant(left[i]) == char.ToLowerInvariant(right[j]) ? 0 : 1);
                current[j + 1] = Math.Min(replaced, Math.Min(previous[j + 1], current[j]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
