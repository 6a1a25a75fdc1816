using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Undercloud.Deploy.Reading;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.BareMetal;

/// <summary>
/// Checks the hints by which a node's disk is recognised, as Ironic does (parse_root_device_hints in ironic_lib/utils.py, later ironic/common/utils.py):
/// texts with or without an operator, whole numbers with or without one, true or false.
/// </summary>
internal static class RootDeviceReader
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
    public static MapValue Read(ValueCursor root)
    {
        root.OnlyKeys(s_hints, "a root device");
        foreach (var (key, hint) in root.Entries().Where(entry => s_hints.Contains(entry.Key)))
        {
            if (hint.Value is NullValue or ListValue or MapValue)
                hint.Fail($"must be a text, a number, true or false, not {hint.Value.TypeName}");
            else
                Judge(key, hint);
        }

        return root.Map();
    }

    private static void Judge(string key, ValueCursor hint)
    {
        if (key == Rotational)
        {
            if (hint.Value is not BooleanValue && !s_booleans.Contains((Scalars.Text(hint.Value) ?? "").Trim().ToLowerInvariant()))
                hint.Fail("must be true or false");
            return;
        }

        if (key != Size && hint.Value is not StringValue)
        {
            hint.Fail($"must be a text, not {hint.Value.TypeName}", "Put it in quotes.");
            return;
        }

        var text = (Scalars.Text(hint.Value) ?? hint.Value.ToString()).Trim();
        if (text.Length == 0)
            hint.Fail("is empty", "Leave it out.");
        else if (Values(text) is not { } values)
            hint.Fail("has an operator with nothing behind it", "Say e.g. '>= 100' or '<or> a <or> b'.");
        else if (key == Size && !values.All(IsSize))
            hint.Fail($"must be a whole number of GiB above 0, not '{text}'", "Say e.g. 100, '>= 100' or '<or> 100 <or> 200'.");
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
}
