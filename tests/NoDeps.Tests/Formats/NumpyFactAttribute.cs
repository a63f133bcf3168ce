using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>A test that needs numpy, Debian's python3-numpy.</summary>
public sealed class NumpyFactAttribute : FactAttribute
{
    public NumpyFactAttribute()
    {
        if (!Numpy.IsThere) Skip = "needs /usr/bin/python3 with numpy";
    }
}
