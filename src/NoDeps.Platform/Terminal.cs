namespace NoDeps.Platform;

/// <summary>Properties of the terminal behind a descriptor.</summary>
internal static unsafe class Terminal
{
    private const int GetAttributes = 0x5401;
    private const int GetWindowSize = 0x5413;
    private const int AttributeBytes = 64;
    private const int DefaultColumns = 80;

    public static bool IsTerminal(int file)
    {
        byte* attributes = stackalloc byte[AttributeBytes];
        return Kernel.DeviceControl(file, GetAttributes, attributes) == 0;
    }

    public static int Columns(int file)
    {
        ushort* rowsAndColumns = stackalloc ushort[4];
        nint result = Kernel.DeviceControl(file, GetWindowSize, rowsAndColumns);
        return result == 0 && rowsAndColumns[1] > 0 ? rowsAndColumns[1] : DefaultColumns;
    }
}
