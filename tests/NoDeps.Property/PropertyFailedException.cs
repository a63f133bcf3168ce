namespace FsCheck.Xunit;

/// <summary>
/// A property does not hold, or too few cases passed its precondition; the message says for which arguments.
/// </summary>
public sealed class PropertyFailedException(string message) : Exception(Environment.NewLine + message);
