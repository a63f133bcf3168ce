using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Moves some of the training images to a test set, preserving the proportions of the classes.</summary>
internal static unsafe class SetSplit
{
    /// <summary>Splits according to --split and --seed. Images in writable memory are permuted in place instead of copied.</summary>
    public static Fault Apply(Console console, in ConvertOptions options, ref ImageSet set)
    {
        if (set.Test.Count > 0)
            return console.WithPath(options.Source, Fault.Of(FaultKind.Usage, "--split cannot be used with data that has a test set"u8));
        ref LabeledImages training = ref set.Training;
        int count = training.Count, testCount = count - (int)(options.Split * count + 0.5);
        if (testCount == 0 || testCount == count)
            return Fault.Of(FaultKind.Usage, "--split leaves one of the two sets empty"u8);
        Fault fault = PageMemory.Take((long)count * sizeof(int), out byte* memory);
        if (!fault.IsNone) return fault;
        int* order = (int*)memory;
        int trainingCount = count - testCount;
        DataSplit.Stratified(training.Labels, count, testCount, (ulong)options.Seed, order, order + trainingCount);
        fault = training.IsMapped ? Copy(ref training, order) : Permute(in training, order);
        PageMemory.Return(memory, (long)count * sizeof(int));
        training.Count = trainingCount;
        ref LabeledImages test = ref set.Test;
        test.Count = testCount;
        test.Channels = training.Channels;
        test.Rows = training.Rows;
        test.Columns = training.Columns;
        test.Images = training.Images + trainingCount * training.ImageSize;
        test.Labels = training.Labels + trainingCount;
        return fault;
    }

    /// <summary>Copies the images of a mapped file.</summary>
    private static Fault Copy(ref LabeledImages images, int* order)
    {
        long size = images.ImageSize;
        byte* from = images.Images, fromLabels = images.Labels;
        Fault fault = PageMemory.Take(images.Count * size, out images.Images);
        if (fault.IsNone) fault = PageMemory.Take(images.Count, out images.Labels);
        for (int i = 0; i < images.Count && fault.IsNone; i++)
        {
            images.Labels[i] = fromLabels[order[i]];
            MemoryCopy.Copy(images.Images + i * size, from + order[i] * size, (nuint)size);
        }
        images.IsMapped = false;
        return fault;
    }

    /// <summary>Permutes in place, cycle by cycle; an entry of the order becomes negative once its position is filled.</summary>
    private static Fault Permute(in LabeledImages images, int* order)
    {
        long size = images.ImageSize;
        Fault fault = PageMemory.Take(size, out byte* first);
        for (int start = 0; start < images.Count && fault.IsNone; start++)
        {
            if (order[start] < 0) continue;
            byte label = images.Labels[start];
            MemoryCopy.Copy(first, images.Images + start * size, (nuint)size);
            int to = start;
            for (int from = order[to]; from != start; to = from, from = order[to])
            {
                images.Labels[to] = images.Labels[from];
                MemoryCopy.Copy(images.Images + to * size, images.Images + from * size, (nuint)size);
                order[to] = ~from;
            }
            images.Labels[to] = label;
            MemoryCopy.Copy(images.Images + to * size, first, (nuint)size);
            order[to] = ~start;
        }
        if (fault.IsNone) PageMemory.Return(first, size);
        return fault;
    }
}
