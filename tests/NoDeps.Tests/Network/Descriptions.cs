using System.Text;
using NoDeps.Network;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>Descriptions as .NET strings.</summary>
public static class Descriptions
{
    /// <summary>Reads a text that must be right.</summary>
    public static NetworkDescription Read(string text)
    {
        var fault = NetworkDescription.Parse(Encoding.UTF8.GetBytes(text), out var description);
        Assert.True(fault.IsNone, $"{Encoding.UTF8.GetString(fault.What)}\n{text}");
        return description;
    }

    /// <summary>A shape as a description writes it.</summary>
    public static string Text(Shape shape) => $"{shape.Channels}x{shape.Rows}x{shape.Columns}";
}
