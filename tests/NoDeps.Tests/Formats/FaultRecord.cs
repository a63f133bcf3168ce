using System.Text;
using NoDeps.Primitives;

namespace NoDeps.Tests.Formats;

/// <summary>A fault as an ordinary object, for assertions.</summary>
public sealed record FaultRecord(FaultKind Kind, string What, long Offset, long Expected, long Found, string Quote)
{
    public static FaultRecord Of(Fault fault) => new(fault.Kind, Encoding.UTF8.GetString(fault.What), fault.Offset,
        fault.Expected, fault.Found, Encoding.UTF8.GetString(fault.Quote));

    public bool IsNone => Kind == FaultKind.None;
}
