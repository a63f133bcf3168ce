using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Notes on standard error that there are more threads than processors to run them.</summary>
internal static class ThreadNote
{
    /// <summary>Writes the note if necessary; the command continues either way.</summary>
    /// <param name="console">Where.</param>
    /// <param name="threads">The number of threads that will run.</param>
    public static void Write(Console console, int threads)
    {
        if (threads <= Processors.Count()) return;
        int processors = Processors.InAffinityMask(), quota = Processors.InQuota();
        Template line = console.PrintError(quota < processors
            ? "nodeps: note: $ threads on $ $, of which the CPU quota of the control group allows $: more threads do not help\n"u8
            : "nodeps: note: $ threads on $ $: more threads than processors do not help\n"u8);
        line.Integer(threads);
        line.Count(processors, "processor"u8, "processors"u8);
        if (quota < processors) line.Integer(quota);
        line.End();
        console.Error.Flush();
    }
}
