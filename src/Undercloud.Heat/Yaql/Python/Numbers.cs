using System.Globalization;
using System.Numerics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Python's numbers: unbounded integers, floats, booleans as integers.</summary>
internal static class Numbers
{
    /// <summary>The maximum length of an integer that Python 3.11 reads or writes.</summary>
    public const int MaximumDigits = PythonNumber.DigitLimit;

    private static readonly BigInteger s_limit = BigInteger.Pow(10, MaximumDigits);

    public static bool IsNumeric(Value value) => value is IntegerValue or BooleanValue or FloatValue;

    public static bool IsWhole(Value value) => value is IntegerValue or BooleanValue;

    public static BigInteger Whole(Value value) => value switch
    {
        IntegerValue integer => integer.Number,
        BooleanValue { Flag: true } => BigInteger.One,
        BooleanValue => BigInteger.Zero,
        _ => throw YaqlException.Type($"'{Messages.TypeName(value)}' object cannot be interpreted as an integer"),
    };

    public static int Clamp(BigInteger number) => number > int.MaxValue ? int.MaxValue : number < int.MinValue ? int.MinValue : (int)number;

    public static double Double(Value value)
    {
        if (value is FloatValue number)
            return number.Number;
        var whole = Whole(value);
        // Python rounds half to even; the explicit conversion truncates.
        var converted = long.MinValue <= whole && whole <= long.MaxValue ? (double)(long)whole : double.Parse(whole.ToString(), NumberStyles.AllowLeadingSign);
        return double.IsInfinity(converted) ? throw new YaqlException("OverflowError: int too large to convert to float") : converted;
    }

    public static Value Of(BigInteger number) => new IntegerValue(number);

    public static Value Of(double number) => new FloatValue(number);

    public static string Text(BigInteger number) => BigInteger.Abs(number) < s_limit
        ? number.ToString()
        : throw YaqlException.Value($"Exceeds the limit ({MaximumDigits}) for integer string conversion");

    /// <summary>Compares exactly; null when one is not a number (NaN).</summary>
    public static int? Compare(Value left, Value right)
    {
        if (IsWhole(left) && IsWhole(right))
            return Whole(left).CompareTo(Whole(right));
        if (left is FloatValue { Number: var l } && right is FloatValue { Number: var r })
            return double.IsNaN(l) || double.IsNaN(r) ? null : l.CompareTo(r);
        return left is FloatValue number ? Compare(number.Number, Whole(right)) : -Compare(((FloatValue)right).Number, Whole(left));
    }

    public static Value Add(Value left, Value right) =>
        IsWhole(left) && IsWhole(right) ? Of(Whole(left) + Whole(right)) : Of(Double(left) + Double(right));

    public static Value Subtract(Value left, Value right) =>
        IsWhole(left) && IsWhole(right) ? Of(Whole(left) - Whole(right)) : Of(Double(left) - Double(right));

    public static Value Multiply(Evaluator evaluator, Value left, Value right)
    {
        if (!IsWhole(left) || !IsWhole(right))
            return Of(Double(left) * Double(right));
        var (l, r) = (Whole(left), Whole(right));
        evaluator.ForecastInteger((l.GetBitLength() + r.GetBitLength()) / 8.0);
        return Of(l * r);
    }

    public static Value Divide(Value left, Value right)
    {
        if (IsWhole(left) && IsWhole(right))
            return Of(FloorDivide(Whole(left), Whole(right)));
        var divisor = Double(right);
        return divisor == 0 ? throw ZeroDivision() : Of(Double(left) / divisor);
    }

    public static Value Modulo(Value left, Value right)
    {
        if (IsWhole(left) && IsWhole(right))
        {
            var (l, r) = (Whole(left), Whole(right));
            return Of(l - (FloorDivide(l, r) * r));
        }

        var (dividend, divisor) = (Double(left), Double(right));
        if (divisor == 0)
            throw ZeroDivision();
        var rest = dividend % divisor;
        if (rest != 0)
            return Of((divisor < 0) != (rest < 0) ? rest + divisor : rest);
        return Of(Math.CopySign(0.0, divisor));
    }

    public static BigInteger FloorDivide(BigInteger left, BigInteger right)
    {
        if (right.IsZero)
            throw ZeroDivision();
        var quotient = BigInteger.DivRem(left, right, out var rest);
        return !rest.IsZero && rest.Sign != right.Sign ? quotient - 1 : quotient;
    }

    public static YaqlException ZeroDivision() => new("ZeroDivisionError: division by zero");

    private static int? Compare(double left, BigInteger right)
    {
        if (double.IsNaN(left))
            return null;
        if (double.IsInfinity(left))
            return left > 0 ? 1 : -1;
        var floor = Math.Floor(left);
        var whole = new BigInteger(floor).CompareTo(right);
        return whole != 0 ? whole : floor == left ? 0 : 1;
    }
}
