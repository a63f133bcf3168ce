namespace NoDeps.Cli;

/// <summary>The commands, each with its page of help; that of Help is the program's.</summary>
internal enum Command
{
    Train,
    Eval,
    Predict,
    Inspect,
    Describe,
    Verify,
    Gradcheck,
    Explain,
    Lab,
    Bench,
    Help,
}
