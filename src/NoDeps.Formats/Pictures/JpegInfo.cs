namespace NoDeps.Formats;
public struct JpegInfo
{
    public int Width, Height, Channels, Orientation;
    public long OutputBytes, ScratchBytes;
}
