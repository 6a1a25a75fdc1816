using System.Text;

namespace Undercloud.Config;

/// <summary>The rules of names of hosts and of network interfaces.</summary>
public static class HostName
{
    /// <summary>The problem of a DNS name, or null (RFC 1123; a number at its end is rejected: a mistyped address).</summary>
    public static string? ProblemOf(string name)
    {
        var labels = name.Split('.');
        if (name.Length > 253)
            return "is longer than 253 characters";
        if (labels.Any(label => label.Length == 0))
            return "has an empty part between its dots";
        if (labels.FirstOrDefault(label => label.Length > 63) is not null)
            return "has a part of more than 63 characters";
        if (name.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.')) is var strange && strange != default)
            return $"has the character {OneLine.Quote(strange.ToString())}";
        if (labels.Any(label => label.StartsWith('-') || label.EndsWith('-')))
            return "has a part that begins or ends with '-'";
        return labels[^1].All(char.IsAsciiDigit) ? "looks like an address but is none" : null;
    }

    /// <summary>
    /// The problem of an interface's name, or null (the kernel's rules: at most 15 bytes, no blank, '/' or ':'). Also rejected are a quote, which ends
    /// the name in an nftables file, '*', which is a wildcard there, and a leading '-', which would make it an option of ip.
    /// </summary>
    public static string? ProblemOfInterface(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > 15)
            return "is longer than 15 characters";
        return name.Length == 0 || name is "." or ".." || name[0] == '-' || name.Any(c => PythonText.IsBlank(c) || char.IsControl(c) || c is '/' or ':' or '"' or '\'' or '\\' or '*')
            ? "is not a name an interface can have"
            : null;
    }
}
