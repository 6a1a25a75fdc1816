using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.BareMetal;

/// <summary>
/// Checks the hints by which a node's disk is recognised, as Ironic does (parse_root_device_hints in ironic_lib/utils.py, later ironic/common/utils.py):
/// texts with or without an operator, whole numbers with or without one, true or false.
/// </summary>
internal sealed class RootDeviceReader(DiagnosticBag diagnostics)
{
    private const string Size = "size";
    private const string Rotational = "rotational";

    private static readonly ImmutableArray<string> s_hints =
        [Size, "model", "wwn", "serial", "vendor", "wwn_with_extension", "wwn_vendor_extension", "name", Rotational, "hctl", "by_path"];

    // oslo_utils/specs_matcher.py; a longer operator precedes one that it begins with.
    private static readonly ImmutableArray<string> s_operators = ["<all-in>", "<or>", "<in>", "s==", "s!=", "s<=", "s>=", "s<", "s>", "==", "!=", ">=", "<=", "=", ">", "<"];

    // oslo_utils/strutils.py, bool_from_string.
    private static readonly ImmutableArray<string> s_booleans = ["1", "t", "true", "on", "y", "yes", "0", "f", "false", "off", "n", "no"];

    /// <summary>The hints unchanged; a hint that Ironic would reject is reported.</summary>
    public MapValue Read(YamlMapping root)
    {
        foreach (var hint in root.Entries)
        {
            if (!s_hints.Contains(hint.Key))
                diagnostics.Error(hint.KeySpan, NodeCodes.Unknown, $"'{hint.Key}' is nothing that Ironic knows a root device by.", Suggestion.For(hint.Key, s_hints));
            else if (hint.Value is not YamlScalar { Value: not NullValue })
                Wrong(hint, $"must be a text, a number, true or false, not {hint.Value.ToValue().TypeName}");
            else
                Judge(hint, hint.Value.ToValue());
        }

        return (MapValue)root.ToValue();
    }

    private void Judge(YamlEntry hint, Value value)
    {
        if (hint.Key == Rotational)
        {
            if (value is not BooleanValue && !s_booleans.Contains((Scalars.Text(value) ?? "").Trim().ToLowerInvariant()))
                Wrong(hint, "must be true or false");
            return;
        }

        if (hint.Key != Size && value is not StringValue)
        {
            Wrong(hint, $"must be a text, not {value.TypeName}", "Put it in quotes.");
            return;
        }

        var text = (Scalars.Text(value) ?? value.ToString()).Trim();
        if (text.Length == 0)
            Wrong(hint, "is empty", "Leave it out.");
        else if (Values(text) is not { } values)
            Wrong(hint, "has an operator with nothing behind it", "Say e.g. '>= 100' or '<or> a <or> b'.");
        else if (hint.Key == Size && !values.All(IsSize))
            Wrong(hint, $"must be a whole number of GiB above 0, not '{text}'", "Say e.g. 100, '>= 100' or '<or> 100 <or> 200'.");
    }

    // The values after the operator; null where there are none.
    private static string[]? Values(string expression)
    {
        var text = expression.ToLowerInvariant();
        if (OperatorOf(text) is not { } name)
            return [text];
        string[] values = [.. text.Split(name, StringSplitOptions.TrimEntries).Skip(1)];
        return values.All(value => value.Length > 0 && OperatorOf(value) is null) ? values : null;
    }

    private static string? OperatorOf(string text) => s_operators.FirstOrDefault(one => text.StartsWith(one, StringComparison.Ordinal));

    private static bool IsSize(string value) =>
        BigInteger.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size) && size > 0;

    private void Wrong(YamlEntry hint, string problem, string? remedy = null) =>
        diagnostics.Error(hint.Value.Span, NodeCodes.Value, $"root_device's {hint.Key} {problem}.", remedy);
}
