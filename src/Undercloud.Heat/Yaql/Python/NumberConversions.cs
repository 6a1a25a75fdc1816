using System.Globalization;
using System.Numerics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Python;

/// <summary>Python's int(), float(), round(), pow() and hex().</summary>
internal static class NumberConversions
{
    public static Value Int(Value value)
    {
        switch (value)
        {
            case IntegerValue:
                return value;
            case BooleanValue:
                return Numbers.Of(Numbers.Whole(value));
            case FloatValue { Number: var number }:
                return double.IsFinite(number) ? Numbers.Of(new BigInteger(number))
                    : throw new YaqlException(double.IsNaN(number) ? "ValueError: cannot convert float NaN to integer" : "OverflowError: cannot convert float infinity to integer");
            case StringValue { Text: var text }:
                return PythonNumber.Integer(text) is { } parsed ? Numbers.Of(parsed)
                    : throw YaqlException.Value($"invalid literal for int() with base 10: {PythonText.Repr(Messages.Show(value))}");
            default:
                throw YaqlException.Type($"int() argument must be a string, a bytes-like object or a real number, not '{Messages.TypeName(value)}'");
        }
    }

    public static Value Float(Value value)
    {
        switch (value)
        {
            case FloatValue:
                return value;
            case IntegerValue or BooleanValue:
                return Numbers.Of(Numbers.Double(value));
            case StringValue { Text: var text }:
                return PythonNumber.Float(text) is { } parsed ? Numbers.Of(parsed)
                    : throw YaqlException.Value($"could not convert string to float: {PythonText.Repr(Messages.Show(value))}");
            default:
                throw YaqlException.Type($"float() argument must be a string or a real number, not '{Messages.TypeName(value)}'");
        }
    }

    public static Value Round(Value value, BigInteger digits)
    {
        if (Numbers.IsWhole(value))
        {
            if (digits.Sign >= 0)
                return Numbers.Of(Numbers.Whole(value));
            if (digits < -Numbers.MaximumDigits * 10)
                return 0;
            var unit = BigInteger.Pow(10, (int)-digits);
            return Numbers.Of(DivideHalfEven(Numbers.Whole(value), unit) * unit);
        }

        var number = ((FloatValue)value).Number;
        if (!double.IsFinite(number) || number == 0 || digits > 323)
            return value;
        return digits < -308 ? Numbers.Of(Math.CopySign(0.0, number)) : Numbers.Of(Round(number, (int)digits));
    }

    public static Value Power(Evaluator evaluator, Value value, Value exponent, Value modulus)
    {
        if (modulus is not NullValue)
            return ModularPower(evaluator, value, exponent, modulus);
        if (Numbers.IsWhole(value) && Numbers.IsWhole(exponent) && Numbers.Whole(exponent) is { Sign: >= 0 } power)
        {
            var number = Numbers.Whole(value);
            if (number.IsZero || number.IsOne)
                return Numbers.Of(power.IsZero ? BigInteger.One : number);
            if (number == BigInteger.MinusOne)
                return power.IsEven ? 1 : -1;
            evaluator.ForecastInteger((double)power * number.GetBitLength() / 8);
            return Numbers.Of(BigInteger.Pow(number, (int)power));
        }

        var (left, right) = (Numbers.Double(value), Numbers.Double(exponent));
        if (left == 0 && right < 0)
            throw new YaqlException("ZeroDivisionError: 0.0 cannot be raised to a negative power");
        if (left < 0 && double.IsFinite(left) && double.IsFinite(right) && right != Math.Floor(right))
            throw new YaqlException("The power of a negative number is complex, which is no data");
        var result = Math.Pow(left, right);
        return double.IsInfinity(result) && double.IsFinite(left) && double.IsFinite(right)
            ? throw new YaqlException("OverflowError: (34, 'Numerical result out of range')")
            : Numbers.Of(result);
    }

    public static string Hex(Value value)
    {
        if (!Numbers.IsWhole(value))
            throw YaqlException.Type($"'{Messages.TypeName(value)}' object cannot be interpreted as an integer");
        var number = Numbers.Whole(value);
        var digits = BigInteger.Abs(number).ToString("x").TrimStart('0');
        return (number.Sign < 0 ? "-0x" : "0x") + (digits.Length == 0 ? "0" : digits);
    }

    /// <summary>A float rounded to decimals as Python does: exactly, half to even.</summary>
    public static double Round(double number, int digits) =>
        double.Parse(RoundedDigits(number, digits) + "e" + (-digits).ToString(CultureInfo.InvariantCulture), NumberStyles.Float) is var rounded && rounded == 0 ? Math.CopySign(0.0, number) : rounded;

    /// <summary>The exact value times ten to the power of <paramref name="digits"/>, rounded half to even.</summary>
    public static BigInteger RoundedDigits(double number, int digits)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)((bits >> 52) & 0x7ff);
        BigInteger mantissa = (bits & 0xfffffffffffffL) | (exponent == 0 ? 0 : 1L << 52);
        exponent = int.Max(exponent, 1) - 1075;
        if (number < 0)
            mantissa = -mantissa;
        var numerator = mantissa * (digits > 0 ? BigInteger.Pow(10, digits) : 1) * (exponent > 0 ? BigInteger.One << exponent : 1);
        var denominator = (digits < 0 ? BigInteger.Pow(10, -digits) : 1) * (exponent < 0 ? BigInteger.One << -exponent : 1);
        return DivideHalfEven(numerator, denominator);
    }

    private static BigInteger DivideHalfEven(BigInteger numerator, BigInteger denominator)
    {
        var floor = Numbers.FloorDivide(numerator, denominator);
        var twice = ((numerator - (floor * denominator)) * 2).CompareTo(denominator);
        return twice > 0 || (twice == 0 && !floor.IsEven) ? floor + 1 : floor;
    }

    private static Value ModularPower(Evaluator evaluator, Value value, Value exponent, Value modulus)
    {
        if (!Numbers.IsWhole(value) || !Numbers.IsWhole(exponent) || !Numbers.IsWhole(modulus))
            throw YaqlException.Type("pow() 3rd argument not allowed unless all arguments are integers");
        var (number, power, m) = (Numbers.Whole(value), Numbers.Whole(exponent), Numbers.Whole(modulus));
        if (m.IsZero)
            throw YaqlException.Value("pow() 3rd argument cannot be 0");
        evaluator.Forecast((double)power.GetBitLength() * m.GetBitLength() * m.GetBitLength() / 1e4);
        if (power.Sign < 0)
        {
            number = Inverse(number, BigInteger.Abs(m));
            power = -power;
        }

        var result = BigInteger.ModPow(number, power, m);
        return Numbers.Of(result.Sign != 0 && result.Sign != m.Sign ? result + m : result);
    }

    private static BigInteger Inverse(BigInteger number, BigInteger modulus)
    {
        var (r, next, s, t) = (modulus, ((number % modulus) + modulus) % modulus, BigInteger.Zero, BigInteger.One);
        while (!next.IsZero)
        {
            var quotient = r / next;
            (r, next) = (next, r - (quotient * next));
            (s, t) = (t, s - (quotient * t));
        }

        return r.IsOne ? s : throw YaqlException.Value("base is not invertible for the given modulus");
    }
}
