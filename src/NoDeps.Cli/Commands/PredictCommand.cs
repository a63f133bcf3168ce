using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps predict</c>: classifies single images.</summary>
internal static class PredictCommand
{
    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "predict"u8,
        Summary = "classify images with a saved model"u8,
        Introduction = """
            Classifies single images. An IMAGE is a picture (PNG, JPEG, PNM, BMP), a
            directory of pictures, an IDX file with or without a position or a range of
            positions, or - for standard input:

              nodeps predict --model FILE seven.png photo.jpg DIR
              nodeps predict --model FILE --segment --explain number.jpg
              nodeps predict --model FILE DIR/t10k-images-idx3-ubyte.gz:0-9

            """u8,
        Notes = """
            Pictures are prepared like those of MNIST: gray, light ink on black, cropped to
            the ink, scaled to fit 20 x 20 of 28 x 28 pixels, and centered by mass. File
            types are detected from the content, not the name. If there is a file of labels
            next to an IDX file of images, the true class is printed too. Gzip files are
            decompressed and checked only as far as the requested images require.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        PredictOptions options = new();
        PredictOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        PredictOptions options = new();
        while (visitor.Next()) PredictOptions.Describe(ref visitor, ref options);
        if (visitor.IsStopped) return visitor.Fault;
        Fault fault = SavedModel.Open(console, in options.Model, 1, 1, options.Isa, KernelForm.Lanes, out SavedModel model);
        if (fault.IsNone) new PredictionSession(console, model, in options).Run(in options);
        return fault;
    }
}
