using NoDeps.Platform;
namespace NoDeps.Cli;
public static unsafe class Program { public static int Run(int c, byte** v) { OutputStream o = OutputStream.Standard(); o.Write("hello\n"u8); byte[] b = new byte[4]; if (c > 1) o.Write(new System.ReadOnlySpan<byte>(b).Slice(0, c + 4)); o.Flush(); return 0; } }
