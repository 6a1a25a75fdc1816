using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>A Python regular expression run by .NET's engine. A pattern that backtracks for too long is aborted.</summary>
internal sealed class PythonRegex
{
    public const int IgnoreCase = 2;
    public const int MultiLine = 8;
    public const int DotAll = 16;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private readonly Regex _regex;

    private PythonRegex(string pattern, int flags, Regex regex, int groups, ImmutableArray<KeyValuePair<string, int>> names)
    {
        Pattern = pattern;
        Flags = flags;
        Groups = groups;
        Names = names;
        _regex = regex;
    }

    public string Pattern { get; }

    public int Flags { get; }

    public int Groups { get; }

    /// <summary>The named groups and their numbers, in order.</summary>
    public ImmutableArray<KeyValuePair<string, int>> Names { get; }

    /// <exception cref="YaqlException">The pattern is invalid.</exception>
    public static PythonRegex Compile(string pattern, int flags)
    {
        var translated = RegexTranslator.Translate(pattern);
        flags |= translated.Flags;
        var options = RegexOptions.CultureInvariant
            | ((flags & IgnoreCase) != 0 ? RegexOptions.IgnoreCase : 0)
            | ((flags & MultiLine) != 0 ? RegexOptions.Multiline : 0)
            | ((flags & DotAll) != 0 ? RegexOptions.Singleline : 0);
        try
        {
            return new(pattern, flags, new Regex(translated.Pattern, options, s_patience), translated.Groups, translated.Names);
        }
        catch (ArgumentException error)
        {
            throw new YaqlException($"re.error: {error.Message}");
        }
    }

    /// <summary>The first match, or null.</summary>
    public Match? Search(Evaluator evaluator, string text) => Matches(evaluator, text).FirstOrDefault();

    public IEnumerable<Match> Matches(Evaluator evaluator, string text)
    {
        for (var match = Try(() => _regex.Match(text)); match.Success; match = Try(match.NextMatch))
        {
            evaluator.Enter();
            yield return match;
        }
    }

    /// <summary>re.split(): the parts and the groups' matches between them (null for a group that took no part).</summary>
    public List<string?> Split(Evaluator evaluator, string text, int most)
    {
        var parts = new List<string?>();
        var (from, count) = (0, 0);
        foreach (var match in most < 0 ? [] : Matches(evaluator, text))
        {
            if (most > 0 && count == most)
                break;
            parts.Add(text[from..match.Index]);
            for (var group = 1; group <= Groups; group++)
                parts.Add(GroupText(match, group));
            from = match.Index + match.Length;
            count++;
        }

        parts.Add(text[from..]);
        return parts;
    }

    /// <summary>re.sub() with a function.</summary>
    public string Replace(Evaluator evaluator, string text, Func<Match, string> by, int most)
    {
        var builder = new System.Text.StringBuilder();
        var (from, count) = (0, 0);
        foreach (var match in most < 0 ? [] : Matches(evaluator, text))
        {
            if (most > 0 && count == most)
                break;
            builder.Append(text, from, match.Index - from).Append(by(match));
            evaluator.Forecast(builder.Length);
            from = match.Index + match.Length;
            count++;
        }

        return builder.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>A group's match, or null.</summary>
    public static string? GroupText(Match match, int group) => match.Groups[group] is { Success: true } found ? found.Value : null;

    private static Match Try(Func<Match> match)
    {
        try
        {
            return match();
        }
        catch (RegexMatchTimeoutException)
        {
            throw new YaqlException("The regular expression takes too long on this text", ErrorKind.Limit);
        }
    }
}
