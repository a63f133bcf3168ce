using System.Runtime.Intrinsics.X86;
using Xunit;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>A test that needs programs; skipped, with the reason, where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    /// <summary>Names the programs.</summary>
    public ProgramFactAttribute(params string[] programs)
    {
        if (programs.FirstOrDefault(program => !Command.Exists(program)) is { } missing)
        {
            Skip = $"{missing} is not installed";
        }
        else if (programs.Contains("strace") && !CanTrace)
        {
            Skip = "this system does not let strace trace";
        }
    }

    private static bool CanTrace { get; } =
        Command.Exists("strace") && Command.Run("strace", ["-f", "-o", "/dev/null", "/bin/true"]).ExitCode == 0;
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramTheoryAttribute : TheoryAttribute
{
    /// <summary>Names the programs.</summary>
    public ProgramTheoryAttribute(params string[] programs)
    {
        if (programs.FirstOrDefault(program => !Command.Exists(program)) is { } missing)
        {
            Skip = $"{missing} is not installed";
        }
        else if (programs.Contains("strace") && !CanTrace)
        {
            Skip = "this system does not let strace trace";
        }
    }

    private static bool CanTrace { get; } =
        Command.Exists("strace") && Command.Run("strace", ["-f", "-o", "/dev/null", "/bin/true"]).ExitCode == 0;
}

/// <summary>A test of both instruction sets; skipped where the processor has no AVX-512.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Avx512FactAttribute : FactAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public Avx512FactAttribute()
    {
        if (!Avx512F.IsSupported || !Avx512BW.IsSupported || !Avx512DQ.IsSupported)
        {
            Skip = "this processor has no AVX-512";
        }
    }
}

/// <summary>A test on the full MNIST; skipped where that is not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MnistFactAttribute : FactAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public MnistFactAttribute()
    {
        if (Repository.Mnist is null)
        {
            Skip = "no full MNIST: make data obtains it";
        }
    }
}

/// <summary>A test on the full Fashion-MNIST; skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FashionMnistFactAttribute : FactAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public FashionMnistFactAttribute()
    {
        if (Repository.FashionMnist is null)
        {
            Skip = "no Fashion-MNIST: apt-get install dataset-fashion-mnist";
        }
    }
}

/// <summary>
/// A test that mounts a small file system of its own, in a namespace of its own; skipped where the system forbids it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public MountFactAttribute()
    {
        if (Prefix is null)
        {
            Skip = "this system does not let a test mount a file system (unshare, mount)";
        }
    }

    /// <summary>The command that makes the namespace, as the test's user may; null where none works.</summary>
    internal static string[]? Prefix { get; } = new string[][] { ["unshare", "-m"], ["unshare", "-Urm"] }
        .FirstOrDefault(prefix => Command.Exists("unshare") && Command.Run(prefix[0], [.. prefix[1..], "/bin/sh", "-c",
            "d=$(mktemp -d) && mount -t tmpfs -o size=16k none \"$d\" && umount \"$d\"; s=$?; rmdir \"$d\"; exit $s"])
            .ExitCode == 0);
}

/// <summary>
/// A test as a user who may not write everywhere: as itself, or, for root, as nobody through setpriv. Skipped for root
/// without setpriv.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public UnprivilegedFactAttribute()
    {
        if (Environment.IsPrivilegedProcess && !Command.Exists("setpriv"))
        {
            Skip = "root may write everywhere, and setpriv is not installed";
        }
    }

    /// <summary>What comes before the command.</summary>
    internal static string[] Prefix => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        : ["env"];
}

/// <summary>A test in which root's files meet another user; skipped for everybody but root, and without setpriv.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TwoUsersFactAttribute : FactAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public TwoUsersFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess || !Command.Exists("setpriv")) Skip = "only root, with setpriv, can be two users";
    }
}

/// <summary>
/// A test that makes files immutable; skipped where chattr is missing, where it is not for this user, and where the file system of
/// temporary files has no such attribute.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChangeAttributesTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public ChangeAttributesTheoryAttribute()
    {
        if (!CanChange) Skip = "chattr is missing, not for this user, or not for the file system of temporary files";
    }

    private static bool CanChange { get; } = Command.Exists("chattr") && Command.Shell(
        "f=$(mktemp) && chattr +i $f && chattr -i $f && chattr +a $f && chattr -a $f; s=$?; rm -f $f; exit $s").ExitCode == 0;
}

/// <summary>A test that runs a program as the first process of a namespace; skipped where the system forbids it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessNamespaceFactAttribute : FactAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public ProcessNamespaceFactAttribute()
    {
        if (ProcessNamespaceTheoryAttribute.Prefix is null) Skip = "this system does not let a test make a process namespace (unshare)";
    }
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessNamespaceTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public ProcessNamespaceTheoryAttribute()
    {
        if (Prefix is null) Skip = "this system does not let a test make a process namespace (unshare)";
    }

    /// <summary>The command that makes the namespace, as the test's user may; null where none works.</summary>
    internal static string[]? Prefix { get; } = new string[][]
    {
        ["unshare", "-p", "-f", "--mount-proc"], ["unshare", "-U", "-r", "-p", "-f", "--mount-proc"],
    }.FirstOrDefault(prefix => Command.Exists("unshare") && Command.Run(prefix[0], [.. prefix[1..], "/bin/true"]).ExitCode == 0);
}
