using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Splits a training set by a seed, with the classes in proportion, into a part to train on and a part to validate on.
/// </summary>
public static unsafe class DataSplit
{
    private const int Labels = 256;
    /// <summary>The random stream of the split, distinct from those of initialization and of the orders.</summary>
    private const ulong SplitStream = 1UL << 42;

    /// <summary>
    /// Chooses <paramref name="validationCount"/> images at random, with each class in proportion (largest remainders;
    /// ties go to the smaller class). Both results are in ascending order.
    /// </summary>
    /// <param name="labels">[count].</param>
    /// <param name="count">Images in the set.</param>
    /// <param name="validationCount">0 to <paramref name="count"/>.</param>
    /// <param name="seed">Key of the random numbers.</param>
    /// <param name="training">Room for <paramref name="count"/> numbers less those of <paramref name="validation"/>.</param>
    /// <param name="validation">Room for <paramref name="validationCount"/> numbers.</param>
    public static void Stratified(byte* labels, int count, int validationCount, ulong seed, int* training, int* validation)
    {
        int[] sizes = new int[Labels], wanted = new int[Labels];
        for (int i = 0; i < count; i++) sizes[labels[i]]++;
        Apportion(sizes, count, validationCount, wanted);
        // Images in random order; the first ones of each class are taken.
        int[] order = new int[count];
        Philox random = new(seed, SplitStream);
        random.Permutation(order);
        bool[] isTaken = new bool[count];
        for (int i = 0; i < count; i++)
        {
            int image = order[i];
            if (wanted[labels[image]] == 0) continue;
            wanted[labels[image]]--;
            isTaken[image] = true;
        }
        for (int i = 0; i < count; i++)
        {
            if (isTaken[i]) *validation++ = i;
            else *training++ = i;
        }
    }

    /// <summary>Each class's share of a total.</summary>
    private static void Apportion(int[] sizes, int count, int total, int[] shares)
    {
        long[] rests = new long[Labels];
        int left = total;
        for (int c = 0; c < Labels; c++)
        {
            long product = (long)sizes[c] * total;
            shares[c] = (int)(product / count);
            rests[c] = product % count;
            left -= shares[c];
        }
        for (; left > 0; left--)
        {
            int largest = 0;
            for (int c = 1; c < Labels; c++) if (rests[c] > rests[largest]) largest = c;
            shares[largest]++;
            rests[largest] = -1;
        }
    }
}
