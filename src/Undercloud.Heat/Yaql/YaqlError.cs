namespace Undercloud.Heat.Yaql;

/// <summary>Why an expression has no value.</summary>
/// <param name="Message">What failed, in yaql's words where yaql has a message.</param>
/// <param name="Position">The position in the expression, counted in characters from 0, of a syntax error.</param>
public sealed record YaqlError(string Message, int? Position = null);
