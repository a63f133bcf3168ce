using System.Buffers.Binary;
using System.Text;
using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>Arrays that numpy saved, and files by hand.</summary>
public sealed unsafe class NpyTests
{
    private static byte[] Made(string header, int data, int version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        int start = version == 1 ? 10 : 12;
        byte[] file = new byte[start + text.Length + data];
        ((byte[])[0x93, .. "NUMPY"u8, (byte)version, 0]).CopyTo(file, 0);
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)text.Length);
        else BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), text.Length);
        text.CopyTo(file, start);
        for (int i = 0; i < data; i++) file[start + text.Length + i] = (byte)i;
        return file;
    }

    private static Fault Whole(byte* file, long length)
    {
        Fault fault = Npy.Open(file, length, out NumericArray array);
        if (!fault.IsNone) return fault;
        fault = ImageLayout.Recognize(array, out ImageLayout layout);
        PixelScale scale = PixelScale.None;
        if (fault.IsNone) fault = NumericPixels.Scan(array, out scale);
        if (!fault.IsNone) return fault;
        byte[] pixels = new byte[layout.ImageSize * layout.Images];
        fixed (byte* to = pixels) return NumericPixels.Convert(array, layout, scale, 0, layout.Images, to);
    }

    private static double[] Values(byte[] file, out long[] shape)
    {
        fixed (byte* f = file)
        {
            Fault fault = Npy.Open(f, file.Length, out NumericArray array);
            Assert.True(fault.IsNone, FaultRecord.Of(fault).ToString());
            shape = new long[array.Rank];
            for (int i = 0; i < array.Rank; i++) shape[i] = array.Dimension(i);
            double[] values = new double[array.Count];
            fixed (double* to = values) array.Load(0, values.Length, to);
            return values;
        }
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }\n")]
    [InlineData("{\"descr\":\"|u1\",\"fortran_order\":False,\"shape\":(2,3)}")]
    [InlineData(" { 'shape' : ( 2L , 3L , ) , 'descr':'u1' ,\n'fortran_order' : False , }   ")]
    public void TheHeaderMayBeSpacedInAnyWay(string header)
    {
        for (int version = 1; version <= 3; version++)
        {
            Assert.Equal([0, 1, 2, 3, 4, 5], Values(Made(header, 6, version), out long[] shape));
            Assert.Equal([2, 3], shape);
        }
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (7,), }", "the .npy file is shorter than its shape requires")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (5,), }", "bytes after the last element of a .npy file")]
    [InlineData("{'descr': '<U5', 'fortran_order': False, 'shape': (5,), }", "unsupported element type")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (5,), }", "unsupported element type")]
    [InlineData("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (5,), }", "a .npy file of records, not of numbers")]
    [InlineData("{'descr': '|u1', 'fortran_order': false, 'shape': (6,), }", "fortran_order must be True or False")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-6,), }", "a dimension must be a non-negative integer")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': 6, }", "shape must be a tuple")]
    [InlineData("{'descr': '|u1', 'descr': '|u1', 'shape': (6,), }", "duplicate name in the header of a .npy file")]
    [InlineData("{'descr': '|u1', 'shape': (6,), }", "the header of a .npy file needs descr, fortran_order and shape")]
    [InlineData("{'descr': '|u1', 'x': 1}", "unknown name in the header of a .npy file")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }",
        "the shape of the array is too large for any file")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,6), }", "too many dimensions")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (6,), } x", "text after the header's dictionary in a .npy file")]
    public void WhatIsWrongIsSaid(string header, string what) =>
        Assert.Equal(what, GuardedFile.Read(Made(header, 6), (f, n) => Npy.Open(f, n, out _)).What);

    [Fact]
    public void OtherFilesAreRefused()
    {
        Assert.Equal("not a .npy file", GuardedFile.Read(new byte[100], (f, n) => Npy.Open(f, n, out _)).What);
        byte[] four = Made("{'descr': '|u1', 'fortran_order': False, 'shape': (6,), }", 6);
        four[6] = 4;
        Assert.Equal("unknown version of a .npy file", GuardedFile.Read(four, (f, n) => Npy.Open(f, n, out _)).What);
    }

    [Fact]
    public void TruncationsAndMutations()
    {
        byte[] file = Made("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }", 24);
        Assert.True(GuardedFile.Read(file, Whole).IsNone);
        GuardedFile.EveryTruncationIsRefused(file, (f, n) => Npy.Open(f, n, out _));
        GuardedFile.MutationsAreSurvived(file, 1, 20000, Whole);
        GuardedFile.MutationsAreSurvived(Made("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 4), }", 32, 2), 2, 20000, Whole);
    }

    [NumpyFact]
    public void WhatNumpySavesIsRead()
    {
        foreach (string type in "|b1 |u1 |i1 <u2 >u2 <i2 >i2 <u4 >u4 <i4 >i4 <u8 >u8 <i8 >i8 <f2 >f2 <f4 >f4 <f8 >f8".Split(' '))
        {
            // Three times the numbers: in C's order, in Fortran's, and as doubles, for comparison.
            byte[] output = Numpy.Run($$"""
                a = (np.arange(2 * 3 * 5 * 4).reshape(2, 3, 5, 4) - ({{(type[1] is 'i' or 'f' ? 60 : 0)}})).astype('{{type}}')
                for x in (a, np.asfortranarray(a), a.astype('<f8')):
                    f = io.BytesIO(); np.save(f, x); b = f.getvalue()
                    out.write(len(b).to_bytes(4, 'little') + b)
                """);
            byte[][] files = new byte[3][];
            for (int i = 0, at = 0; i < 3; i++)
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(output.AsSpan(at));
                files[i] = output[(at + 4)..(at += 4 + length)];
            }
            double[] expected = Values(files[2], out _);
            Assert.Equal(120, expected.Length);
            Assert.Equal(expected, Values(files[0], out long[] shape));
            Assert.Equal(expected, Values(files[1], out _));
            Assert.Equal([2, 3, 5, 4], shape);
        }
    }
}
