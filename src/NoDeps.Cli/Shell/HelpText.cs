using System;

namespace NoDeps.Cli;

/// <summary>What --help prints.</summary>
internal static class HelpText
{
    /// <summary>A page, which ends with a line end.</summary>
    public static ReadOnlySpan<byte> Of(Command page) => page switch
    {
        Command.Train => Train,
        Command.Eval => Eval,
        Command.Predict => Predict,
        Command.Inspect => Inspect,
        Command.Describe => Describe,
        Command.Bench => Bench,
        Command.Lab => Lab,
        Command.Explain => Explain,
        Command.Verify => Verify,
        Command.Gradcheck => Gradcheck,
        _ => Program,
    };

    private static ReadOnlySpan<byte> Program => """
        nodeps: trains and runs convolutional networks on images, with nothing under it

        usage: nodeps COMMAND [OPTION]...

          train     train a network on a data set and save it
          eval      measure a saved network on a test set
          predict   classify images with a saved network
          inspect   show an IDX file: header, class counts, images
          describe  show a network: its layers, their shapes, parameters, work and memory
          verify    compare with what another program has computed
          gradcheck hold backpropagation to differences of the loss
          explain   show a primitive at work, step by step
          lab       run a primitive on every line of the input
          bench     measure parts of this program

          COMMAND --help    the command's options
          --version         the version

        Every command takes --isa avx2|avx512 (default: the best there is).
        Exit codes: 0 success, 1 a check that found a difference, 64 wrong usage, 65 wrong data,
        66 missing input, 69 processor too old, 71 system error, 73 cannot create output, 74 input/output error.

        """u8;

    private static ReadOnlySpan<byte> Train => """
        usage: nodeps train [OPTION]...

        Trains a network and saves it as safetensors, with the keys of the equivalent torch.nn.Sequential.

          --net NAME|FILE       a built-in network or a description file (default pedestrian)
          --data DIR            a folder with the four IDX files, plain or gzipped (default: data/mnist,
                                /usr/share/datasets/fashion-mnist or data/sample, the first that is there)
          --out FILE            where to save (default NAME.safetensors)
          --epochs N            passes over the training set (5 for pedestrian)
          --batch N             images a step (64)
          --optimizer NAME      sgd, momentum, nesterov or adam (nesterov)
          --momentum X          for momentum and nesterov, where the schedule does not set it (0.9)
          --lr X                learning rate; the highest of a one-cycle schedule (0.1; where --optimizer adam: 0.005)
          --schedule NAME       one-cycle or constant (one-cycle)
          --weight-decay X      L2 penalty (0.0005)
          --label-smoothing X   share of each target that is spread over all classes (default: as the network says)
          --shift N             each epoch moves each image anew, by at most N pixels each way (default 0)
          --seed N              of the starting weights, the order of images and their shifts (default 1)
          --threads N           workers (default: all processors); the result does not depend on it
          --isa avx2|avx512     instruction set (default: the best there is)
          --kernel NAME         lanes (default), im2col or scalar: the form of convolution, dense and pooling layers
          --profile             tell where the time went, layer by layer
          --help                this text

        Where nothing is said, the network's recipe counts; in brackets is pedestrian's. Results go to standard output,
        progress to standard error.

        """u8;

    private static ReadOnlySpan<byte> Eval => """
        usage: nodeps eval --model FILE [OPTION]...

        Measures a saved network on a test set.

          --model FILE          a saved network
          --net NAME|FILE       its network, where the file has no description (PyTorch saved it), or another
          --mean X              of a pixel / 255, to subtract (default: what the file says, else 0)
          --deviation X         to divide by then (default: what the file says, else 1)
          --data DIR            a folder with the IDX files (default: as for train)
          --json                one line of JSON
          --threads N           workers (default: all processors)
          --isa avx2|avx512     instruction set (default: the best there is)
          --kernel NAME         lanes (default), im2col or scalar: the form of convolution, dense and pooling layers
          --help                this text

        """u8;

    private static ReadOnlySpan<byte> Predict => """
        usage: nodeps predict --model FILE IMAGE...

        Classifies single images. IMAGE is an IDX file and a position in it, or a range of positions:
        DIR/t10k-images-idx3-ubyte.gz:17 or DIR/t10k-images-idx3-ubyte.gz:0-9
        A gzip file is decompressed, and checked, only as far as the images.

          --model FILE          a saved network
          --net NAME|FILE       its network, where the file has no description (PyTorch saved it), or another
          --mean X              of a pixel / 255, to subtract (default: what the file says, else 0)
          --deviation X         to divide by then (default: what the file says, else 1)
          --show                draw each image
          --json                one line of JSON an image, with the outputs of the last layer
          --isa avx2|avx512     instruction set (default: the best there is)
          --help                this text

        """u8;

    private static ReadOnlySpan<byte> Inspect => """
        usage: nodeps inspect FILE [OPTION]...

        Shows an IDX file, plain or gzipped: header, class counts, statistics.

          --show N              draw the first N images
          --from N              begin drawing at image N (default 0)
          --help                this text

        Drawn in plain characters where stdout is no terminal or NO_COLOR is set.

        """u8;

    private static ReadOnlySpan<byte> Describe => """
        usage: nodeps describe [NAME|FILE] [OPTION]...

        Shows a network layer by layer: output shape, parameters, multiply-adds of one image's forward pass, and the
        bytes of memory that the layer takes. NAME is a built-in network, FILE a description or a saved model; without
        either, the built-in networks are listed.

          --batch N             images a step, which the memory depends on (default: the recipe's)
          --json                one line of JSON
          --help                this text

        """u8;

    private static ReadOnlySpan<byte> Bench => """
        usage: nodeps bench [SUBJECT] [OPTION]...

        Measures parts of this program; without a subject all, briefly. The subjects are:

          peak      multiply-adds of one core that wait for nothing
          memory    bytes that one core reads, writes and copies, by the size of a block
          layers    where the time of training goes, layer by layer
          train     images a second in training
          scaling   the same for batches of 1 to 1,024, 1 thread to all, and wider networks
          conv      the three forms of convolution: lanes, im2col and the scalar sum; forward, input gradient and weight
                    gradient, on the convolution layers of a network, on one thread
          classify  images a second of a network, from bytes to probabilities, --batch at a time (default 256)
          latency   how long one image by itself takes
          matmul    products of two matrices, on one thread
          primitives [NAME]  strings, memory, numbers, checksums, compression, functions: all, or one of them

          --net NAME|FILE       which network (default: pedestrian; for conv, classify and latency also lochman)
          --batch N             images at a time (default 64); for scaling the most
          --threads N           for layers, train, scaling, classify and latency, which shares only large dense layers
                                (default: all processors)
          --seconds X           for each measurement (default 0.1 to 1); the median of several rounds counts
          --data FILE           a gzip file for gzip and gunzip (default: test images of data/sample)
          --isa avx2|avx512     instruction set of all but primitives (default: the best there is)
          --kernel FORM         of classify and latency: lanes (default), im2col or scalar
          --json                one line of JSON a measurement
          --help                this text

        The forms of conv are compared before anything is measured. The hash of the results is the same on any machine.

        """u8;

    private static ReadOnlySpan<byte> Lab => """
        usage: nodeps lab NAME [N] [--variant FORM]

        Runs a primitive on every line of standard input and writes a result a line. Names, and in brackets the forms
        (default: the first; auto is the fastest that the processor has):

          strlen            bytes before the line's first zero byte [auto bytewise swar avx2 avx512]
          index-of N        where the byte N first is, or -1 [auto scalar avx2 avx512]
          compare           where the line's two halves first differ, or their length [auto scalar avx2 avx512]
          copy N            the line with all but its last N bytes moved up by N [auto scalar avx2 avx512]
          fill N            the line with its first byte in all places from N on [auto scalar avx2 avx512]
          utf8              bytes before the first that is not UTF-8 [auto scalar avx2]
          utf8-decode       code points in hexadecimal
          utf8-encode       a code point in hexadecimal to UTF-8
          ctz N             trailing zeros of a number of N bits, 32 or 64 (default) [hardware debruijn]
          clz N             leading zeros [hardware debruijn]
          popcount N        bits set [hardware arithmetic]
          log2 N            the highest bit set [hardware debruijn]
          format-integer    64 bits in hexadecimal to decimal [words simple]
          parse-integer     and back [words simple]
          format-double     64 bits in hexadecimal to the shortest decimal that reads back [words exact]
          format-float      32 bits [words exact]
          format-fixed N    64 bits, N digits after the point [words exact]
          format-scientific N  N digits after the first [words exact]
          format-general N  N digits [words exact]
          parse-double      decimal to 64 bits in hexadecimal [words exact]
          parse-float       decimal to 32 bits [words exact]
          crc32             of the line's bytes [auto bitwise slice8 clmul avx512]
          adler32           [auto scalar avx2]
          exp               of a float [auto scalar avx2 avx512]
          log               [auto scalar avx2 avx512]
          tanh              [auto scalar avx2 avx512]
          sigmoid           [auto scalar avx2 avx512]
          random N          64 numbers from a block of four on, of the stream with seed N [auto scalar avx2 avx512]
          gzip              all of the input [fast stored]
          gunzip            all of the input
          inflate           all of the input, without a header [fast scalar]
          sweep N           no input: every Nth float, and random doubles, through all forms of text and functions

        A line that is wrong ends the run with exit code 65.

        """u8;

    private static ReadOnlySpan<byte> Explain => """
        usage: nodeps explain SUBJECT [ARGUMENT]... [--all]

        Shows a primitive at work, step by step. The subjects are:

          ctz N              the zeros below the lowest 1 of a number, by de Bruijn multiplication
          clz N              the zeros above the highest 1
          popcount N         how many bits are 1, by addition sideways
          strlen TEXT        the end of a string, eight bytes a step
          float X, double X  bits, exact value, neighbours, rounding interval, and the shortest digits inside it
          inflate FILE       blocks, codes and symbols of a gzip file or DEFLATE stream; the first, or --all
          conv [STRIDE [PAD]]
                             a convolution window by window, and im2col's matrix; the first windows, or --all

        N is decimal or 0x and hexadecimal. Drawn in plain characters where stdout is no terminal or NO_COLOR is set.

        """u8;

    private static ReadOnlySpan<byte> Verify => """
        usage: nodeps verify CASE.safetensors... [OPTION]...

        Runs reference cases that another program has computed: loads the parameters, runs forward and backward on the
        batch, takes three steps of plain gradient descent, runs evaluation mode. Prints for each tensor the largest
        error relative to the tensor's largest magnitude. (A tensor below 1/10000 of the largest of its kind in its
        layer is measured by that: it is what cancellation left.)

          --tolerance X         the largest error that passes (default 0.0001)
          --json                one line of JSON a file
          --threads N           workers (default: all processors); the result does not depend on it
          --isa avx2|avx512     instruction set (default: the best there is)
          --kernel NAME         lanes (default), im2col or scalar: the form of convolution, dense and pooling layers
          --help                this text

        Verdicts: "ok" is within the tolerance, "WRONG" is not, and "rounding" is what float32 cannot hold to the
        tolerance, whoever computes (such as the state after steps through a batch normalisation over few samples).
        To tell, the first pass, or the steps, are run again 32 times with every parameter and input moved by chance
        by two units in the last place before each pass. "moved" is how far that carries the tensor at the most; an
        error may be 4 times that. "rest" is what remains of the differences when the closest combination of these
        movements is subtracted; it may be the tolerance, plus "moved" times a tenth of the largest "moved". (Where
        something moved by half its magnitude, only "moved" counts: a maximum or a ReLU has changed sides, or all
        digits are lost.)

        Exit codes: 0 all passed, 1 something is wrong, 65 no valid case, 66 no such file.

        """u8;

    private static ReadOnlySpan<byte> Gradcheck => """
        usage: nodeps gradcheck [OPTION]...

        Runs a network once forward and backward on a random batch and compares some elements of every gradient with
        the central difference of the loss, which a second, plain forward pass computes in float64: of each layer the
        gradients of weight, bias and input, of a shortcut that of the earlier output, too (sum).

          --net NAME|FILE       a built-in network or a description file (default pedestrian)
          --batch N             samples of the batch (default 20)
          --seed N              of parameters, batch, dropout and the choice of elements (default 1)
          --tolerance X         largest error that passes, relative to the largest gradient (default 1e-4)
          --json                one line of JSON
          --threads N           workers (default: all processors)
          --isa avx2|avx512     instruction set (default: the best there is)
          --help                this text

        kinks counts elements that were left out, as the loss has no derivative there (a ReLU at 0, a tie of a
        maximum). An error in what flows back to a layer's input also shows in all layers before it: the first wrong
        gradient on the way back from the loss is named. Exit code 0 when every error is within the tolerance, else 1.

        """u8;
}
