namespace Undercloud.Cli.Output;

/// <summary>The program's exit codes. Scripts rely on them.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int ChecksFailed = 3;

    /// <summary>Refused by the operator or interrupted.</summary>
    public const int Interrupted = 4;

    /// <summary>The run failed, and the previous generation was applied again.</summary>
    public const int RolledBack = 5;

    /// <summary><c>diff</c> and <c>update --check</c>: there are changes.</summary>
    public const int Changes = 10;
}
