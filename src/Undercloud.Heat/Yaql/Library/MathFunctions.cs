using System.Numerics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaql.Python;
using Undercloud.Heat.Yaql.Runtime;

namespace Undercloud.Heat.Yaql.Library;

/// <summary>yaql/standard_library/math.py.</summary>
internal static class MathFunctions
{
    public static FunctionSpec[] All { get; } =
    [
        FunctionSpec.Of("F #operator_+(left:number, right:number)", call => Numbers.Add(call[0], call[1])),
        FunctionSpec.Of("F #operator_-(left:number, right:number)", call => Numbers.Subtract(call[0], call[1])),
        FunctionSpec.Of("F #operator_*(left:number, right:number)", call => Numbers.Multiply(call.Evaluator, call[0], call[1])),
        FunctionSpec.Of("F #operator_/(left:number, right:number)", call => Numbers.Divide(call[0], call[1])),
        FunctionSpec.Of("F #operator_mod(left:number, right:number)", call => Numbers.Modulo(call[0], call[1])),
        FunctionSpec.Of("F #unary_operator_+(op:number)", call => call[0]),
        FunctionSpec.Of("F #unary_operator_-(op:number)", call => call[0] is FloatValue number ? Numbers.Of(-number.Number) : Numbers.Of(-call.Integer(0))),
        FunctionSpec.Of("F abs(op:number)", call => call[0] is FloatValue number ? Numbers.Of(Math.Abs(number.Number)) : Numbers.Of(BigInteger.Abs(call.Integer(0)))),
        FunctionSpec.Of("F int(value:any?)", call => call.IsNull(0) ? 0 : NumberConversions.Int(call[0])),
        FunctionSpec.Of("F float(value:any?)", call => call.IsNull(0) ? Numbers.Of(0.0) : NumberConversions.Float(call[0])),
        FunctionSpec.Of("F random()", _ => Numbers.Of(Random.Shared.NextDouble())),
        FunctionSpec.Of("F random(from:any?, to:any?)", RandomBetween),
        FunctionSpec.Of("F bitwiseAnd(left:int, right:int)", call => Bits(call, call.Integer(0) & call.Integer(1), Flags(call) && call.Flag(0) && call.Flag(1))),
        FunctionSpec.Of("F bitwiseOr(left:int, right:int)", call => Bits(call, call.Integer(0) | call.Integer(1), Flags(call) && (call.Flag(0) || call.Flag(1)))),
        FunctionSpec.Of("F bitwiseXor(left:int, right:int)", call => Bits(call, call.Integer(0) ^ call.Integer(1), Flags(call) && call.Flag(0) != call.Flag(1))),
        FunctionSpec.Of("F bitwiseNot(arg:int)", call => Numbers.Of(-call.Integer(0) - 1)),
        FunctionSpec.Of("F shiftBitsRight(value:int, bitsNumber:int)", ShiftRight),
        FunctionSpec.Of("F shiftBitsLeft(value:int, bitsNumber:int)", ShiftLeft),
        FunctionSpec.Of("F max(a:any?, b:any?)", call => Truth.IsTrue(call.Delegate("#operator_>", call[1], call[0])) ? call[1] : call[0]),
        FunctionSpec.Of("F min(a:any?, b:any?)", call => Truth.IsTrue(call.Delegate("#operator_>", call[1], call[0])) ? call[0] : call[1]),
        FunctionSpec.Of("F pow(a:number, b:number, c:number?=null)", call => NumberConversions.Power(call.Evaluator, call[0], call[1], call[2])),
        FunctionSpec.Of("F sign(num:number)", call => Numbers.Compare(call[0], 0) is { } order ? Math.Sign(order) : 0),
        FunctionSpec.Of("F round(number:number, ndigits:int=0)", call => NumberConversions.Round(call[0], call.Integer(1))),
        FunctionSpec.Of("F isInteger(value:any?)", call => call[0] is IntegerValue),
        FunctionSpec.Of("F isNumber(value:any?)", call => call[0] is IntegerValue or FloatValue),
    ];

    private static bool Flags(Call call) => call[0] is BooleanValue && call[1] is BooleanValue;

    // Python: True & False is a boolean, True & 1 is an integer.
    private static Value Bits(Call call, BigInteger number, bool flag) => Flags(call) ? flag : Numbers.Of(number);

    private static Value RandomBetween(Call call)
    {
        var (from, to) = (call.Integer(0), call.Integer(1));
        if (from > to)
            throw YaqlException.Value("empty range for randrange()");
        var width = to - from + 1;
        var bytes = new byte[width.GetByteCount() + 8];
        Random.Shared.NextBytes(bytes);
        return Numbers.Of(from + (new BigInteger(bytes, isUnsigned: true) % width));
    }

    private static Value ShiftRight(Call call)
    {
        var bits = call.Integer(1);
        if (bits.Sign < 0)
            throw YaqlException.Value("negative shift count");
        return Numbers.Of(bits > int.MaxValue ? (call.Integer(0).Sign < 0 ? -1 : 0) : call.Integer(0) >> (int)bits);
    }

    private static Value ShiftLeft(Call call)
    {
        var (number, bits) = (call.Integer(0), call.Integer(1));
        if (bits.Sign < 0)
            throw YaqlException.Value("negative shift count");
        if (number.IsZero)
            return 0;
        call.Evaluator.ForecastInteger(((double)bits + number.GetBitLength()) / 8);
        return Numbers.Of(number << (int)bits);
    }
}
