namespace Undercloud.Heat.Yaql;

/// <summary>Why an expression has no value.</summary>
/// <param name="Message">What failed, in yaql's words where it has some.</param>
/// <param name="Position">Where in the expression, counted in characters from 0, when it is its syntax.</param>
public sealed record YaqlError(string Message, int? Position = null);
