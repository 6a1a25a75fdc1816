namespace Undercloud.Cli.Output;

/// <summary>A question that the operator answers with yes or no.</summary>
internal static class Question
{
    /// <summary>Asks on standard error.</summary>
    /// <param name="question">The question.</param>
    /// <param name="unattended">The message when nobody can answer, because standard input is not a terminal.</param>
    /// <param name="stop">Cancels the question on Ctrl-C: a blocked read would not notice it.</param>
    /// <returns>Whether the answer was yes.</returns>
    /// <exception cref="OperationCanceledException">The operator interrupted.</exception>
    public static async Task<bool> AskAsync(string question, string unattended, CancellationToken stop)
    {
        if (Console.IsInputRedirected)
        {
            Console.Error.WriteLine(unattended);
            return false;
        }

        Console.Error.Write($"{question} [y/N] ");
        try
        {
            return (await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(stop))?.Trim() is "y" or "Y" or "yes";
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine();
            throw;
        }
    }
}
