using System;
using System.Runtime.CompilerServices;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The two output streams, and how a fault is reported.</summary>
internal sealed class Console
{
    private const int MaxMessageLength = 4096 + 1024;

    private readonly byte[] _subject = new byte[4096];
    private readonly Template _template = new();
    private readonly StyledText _styles;
    private int _subjectLength;
    private FaultKind _firstKind;

    public Console(Environment environment)
    {
        Environment = environment;
        Error = OutputStream.Error();
        Out = OutputStream.Standard(Error);
        _styles = new StyledText(Out, HasColors);
    }

    /// <summary>Results.</summary>
    public OutputStream Out { get; private set; }

    /// <summary>Progress and errors.</summary>
    public OutputStream Error { get; }

    public Environment Environment { get; }

    /// <summary>Escape sequences are for terminals only, and can be disabled by the environment.</summary>
    public bool HasColors => Out.IsTerminal && !Environment.IsSet("NO_COLOR"u8);

    /// <summary>Reserves standard output for something else, such as a model: from now on, results go to standard error.</summary>
    public void YieldOutput() => Out = Error;

    /// <summary>Starts a text on standard output.</summary>
    public Template Print(ReadOnlySpan<byte> text) => _template.Begin(Out, text);

    /// <summary>Writes a text with the marks of <see cref="StyledText"/> on standard output.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Write(ReadOnlySpan<byte> text) => _styles.Write(text);

    /// <summary>Continues in a style of <see cref="StyledText"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Style(byte style) => _styles.Switch(style);

    /// <summary>Starts a text on standard error.</summary>
    public Template PrintError(ReadOnlySpan<byte> text) => _template.Begin(Error, text);

    /// <summary>Records the file that a fault is about.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Fault WithPath(ReadOnlySpan<byte> subject, Fault fault)
    {
        if (fault.IsNone) return fault;
        _subjectLength = Math.Min(subject.Length, _subject.Length);
        subject.Slice(0, _subjectLength).CopyTo(_subject);
        return fault;
    }

    /// <summary>Writes the fault as one sentence to standard error.</summary>
    public unsafe void Report(in Fault fault)
    {
        byte* buffer = stackalloc byte[MaxMessageLength];
        Utf8Writer writer = new(new Span<byte>(buffer, MaxMessageLength - 1));
        writer.Text("nodeps: "u8);
        FaultText.Write(ref writer, new ReadOnlySpan<byte>(_subject, 0, _subjectLength), in fault);
        Error.Write(writer.Written);
        Error.Write("\n"u8);
    }

    /// <summary>Reports a fault after which the command continues; the first of them determines the exit code.</summary>
    public void ReportAndGoOn(in Fault fault)
    {
        if (fault.IsNone) return;
        Report(in fault);
        if (_firstKind == FaultKind.None) _firstKind = fault.Kind;
    }

    /// <summary>
    /// Flushes the buffers. A result that cannot be written is a fault, except that a reader closing its pipe early gets no message.
    /// </summary>
    public int Finish(FaultKind kind)
    {
        if (kind == FaultKind.None) kind = _firstKind;
        Fault flushed = Out.Flush();
        if (!flushed.IsNone && kind == FaultKind.None)
        {
            Fault fault = WithPath("standard output"u8, flushed);
            if (!Out.IsBroken) Report(in fault);
            kind = fault.Kind;
        }
        Error.Flush();
        return (int)kind;
    }
}
