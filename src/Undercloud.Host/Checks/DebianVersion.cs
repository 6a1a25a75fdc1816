namespace Undercloud.Host.Checks;

/// <summary>The order of Debian's version numbers (deb-version(7)).</summary>
public static class DebianVersion
{
    /// <summary>Less than zero when <paramref name="left"/> is the older version, more than zero when it is the newer one.</summary>
    public static int Compare(string left, string right)
    {
        var ((epoch, upstream, revision), (otherEpoch, otherUpstream, otherRevision)) = (Parts(left), Parts(right));
        return CompareParts(epoch, otherEpoch) is not 0 and var epochs ? epochs
            : CompareParts(upstream, otherUpstream) is not 0 and var upstreams ? upstreams
            : CompareParts(revision, otherRevision);
    }

    // [epoch:]upstream[-revision]
    private static (string Epoch, string Upstream, string Revision) Parts(string version)
    {
        var colon = version.IndexOf(':');
        var rest = version[(colon + 1)..];
        var hyphen = rest.LastIndexOf('-');
        return (colon < 0 ? "" : version[..colon], hyphen < 0 ? rest : rest[..hyphen], hyphen < 0 ? "" : rest[(hyphen + 1)..]);
    }

    // Text and numbers take turns: text is compared by character, numbers by value.
    private static int CompareParts(string left, string right)
    {
        for (int i = 0, j = 0; i < left.Length || j < right.Length;)
        {
            for (; IsText(left, i) || IsText(right, j); i++, j++)
            {
                if (Rank(left, i) != Rank(right, j))
                    return Rank(left, i) - Rank(right, j);
            }

            var (number, other) = (Number(left, ref i), Number(right, ref j));
            if (number.Length != other.Length)
                return number.Length - other.Length;
            if (string.CompareOrdinal(number, other) is not 0 and var order)
                return order;
        }

        return 0;
    }

    private static bool IsText(string text, int at) => at < text.Length && !char.IsAsciiDigit(text[at]);

    // A tilde comes before the end, the end before letters, and letters before the other characters.
    private static int Rank(string text, int at) => !IsText(text, at) ? 0 : text[at] == '~' ? -1 : char.IsAsciiLetter(text[at]) ? text[at] : text[at] + 256;

    private static string Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text[start..at].TrimStart('0');
    }
}
