namespace Undercloud.Deploy.Diffs;

/// <summary>One line of an edit script: kept (' '), removed ('-') or added ('+').</summary>
/// <param name="Sign">What happens to the line.</param>
/// <param name="Text">The line with its line feed, when it has one.</param>
public readonly record struct LineEdit(char Sign, string Text);

/// <summary>The shortest edit script between two texts, line by line (Myers, An O(ND) Difference Algorithm, 1986).</summary>
public static class LineEdits
{
    // Memory grows with the square of the number of edits: beyond this limit the changed middle is replaced as a whole, which is right but not shortest.
    private const int MostEdits = 1500;

    public static IReadOnlyList<LineEdit> Between(string before, string after)
    {
        var (old, @new) = (Lines(before), Lines(after));
        var head = 0;
        while (head < old.Length && head < @new.Length && old[head] == @new[head])
            head++;
        var tail = 0;
        while (tail < old.Length - head && tail < @new.Length - head && old[^(tail + 1)] == @new[^(tail + 1)])
            tail++;

        var edits = new List<LineEdit>();
        edits.AddRange(old[..head].Select(line => new LineEdit(' ', line)));
        edits.AddRange(Middle(old[head..^tail], @new[head..^tail]));
        edits.AddRange(old[^tail..].Select(line => new LineEdit(' ', line)));
        return edits;
    }

    private static IEnumerable<LineEdit> Middle(string[] old, string[] @new) =>
        Reaches(old, @new) is { } reaches
            ? WalkBack(old, @new, reaches)
            : old.Select(line => new LineEdit('-', line)).Concat(@new.Select(line => new LineEdit('+', line)));

    // Per number of edits: how far along `old` each diagonal (x - y) reaches. Null when there are too many.
    private static List<int[]>? Reaches(string[] old, string[] @new)
    {
        var most = Math.Min(old.Length + @new.Length, MostEdits);
        var reach = new int[(2 * most) + 3];
        var history = new List<int[]>();
        for (var edits = 0; edits <= most; edits++)
        {
            history.Add(reach[(most + 1 - edits)..(most + 2 + edits)]);
            for (var diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                var at = diagonal + most + 1;
                var down = diagonal == -edits || (diagonal != edits && reach[at - 1] < reach[at + 1]);
                var x = down ? reach[at + 1] : reach[at - 1] + 1;
                while (x < old.Length && x - diagonal < @new.Length && old[x] == @new[x - diagonal])
                    x++;
                reach[at] = x;
                if (x >= old.Length && x - diagonal >= @new.Length)
                    return history;
            }
        }

        return null;
    }

    private static List<LineEdit> WalkBack(string[] old, string[] @new, List<int[]> history)
    {
        var (x, y) = (old.Length, @new.Length);
        var edits = new List<LineEdit>();
        for (var count = history.Count - 1; count >= 0; count--)
        {
            // history[count] holds the diagonals -count … count as they were before edit number count.
            var (reach, diagonal) = (history[count], x - y);
            int Reach(int of) => Math.Abs(of) > count ? 0 : reach[of + count];
            var down = diagonal == -count || (diagonal != count && Reach(diagonal - 1) < Reach(diagonal + 1));
            var fromX = count == 0 ? 0 : Reach(down ? diagonal + 1 : diagonal - 1);
            var fromY = count == 0 ? 0 : fromX - (down ? diagonal + 1 : diagonal - 1);
            while (x > fromX && y > fromY)
            {
                edits.Add(new(' ', old[--x]));
                y--;
            }

            if (count > 0)
                edits.Add(down ? new('+', @new[--y]) : new('-', old[--x]));
        }

        edits.Reverse();
        return edits;
    }

    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }
}
