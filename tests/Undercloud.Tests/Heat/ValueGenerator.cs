using System.Collections.Immutable;
using CsCheck;
using Undercloud.Heat.Values;

namespace Undercloud.Tests.Heat;

/// <summary>Values for property tests: strings that YAML is easily wrong about, numbers, and collections of them.</summary>
internal static class ValueGenerator
{
    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String[Gen.OneOf(" \t\n\r-:#,[]{}'\"|>&*!%@`=~?.<\\_/0123456789abexyzYNotru\u0085\u00a0\u00e9\u2028\ufeff\ufffd".ToCharArray()), 0, 12],
        Gen.String[Gen.Char[' ', '~'], 0, 20],
        Gen.OneOf("a\nb\n", "a\nb", "a\n\n\nb\n\n", "#!/bin/sh\nexec \"$@\"\n", "\n a\n", "a\n \nb", "a\n\tb\n", "---\na", "yes", "1:30", "0x1f", "null"));

    public static Gen<string> Text => s_text;

    public static Gen<Value> Any { get; } = Gen.Recursive<Value>((depth, inner) => depth >= 4
        ? Scalar
        : Gen.Frequency(
            (3, Scalar),
            (1, inner.Array[0, 4].Select(items => (Value)new ListValue([.. items]))),
            (1, Gen.Select(s_text, inner).Array[0, 4].Select(pairs => (Value)new MapValue(pairs.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)))))));

    private static Gen<Value> Scalar => Gen.Frequency(
        (6, s_text.Select(text => (Value)text)),
        (1, Gen.Int.Select(number => (Value)number)),
        (1, Gen.Double.Select(number => (Value)new FloatValue(number))),
        (1, Gen.Bool.Select(flag => (Value)flag)),
        (1, Gen.Const(Value.Null)));
}
