namespace NoDeps.Cli;

/// <summary>The pages of help, in the order of the commands.</summary>
internal enum HelpPage
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
    Program,
}
