using System.Runtime.InteropServices;
using Xunit;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>
/// A test that needs gcc and a kernel that can refuse to make pages executable; skipped, with the reason, without them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DenyWriteExecuteFactAttribute : FactAttribute
{
    /// <summary>PR_GET_MDWE, which changes nothing.</summary>
    private const int GetDenyWriteExecute = 66;

    /// <summary>Decides when the test is discovered.</summary>
    public DenyWriteExecuteFactAttribute()
    {
        if (!Command.Exists("gcc"))
        {
            Skip = "gcc is not installed";
        }
        else if (ProcessControl(GetDenyWriteExecute, 0, 0, 0, 0) < 0)
        {
            Skip = "this kernel has no memory-deny-write-execute (PR_SET_MDWE, Linux 6.3)";
        }
    }

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
