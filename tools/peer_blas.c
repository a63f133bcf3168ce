/*
 * The system's BLAS as the peer of `nodeps bench matmul`: the same products, on one thread.
 *
 *     peer_blas [SECONDS [LIBRARY]]
 *
 * Prints what it is, then a line for each product, "M N K rows|columns GFLOP/s": A is M x K, B is K x N and lies by rows
 * or by columns; the median of seven rounds that take SECONDS (0.1) together. LIBRARY is libopenblas.so.0 unless named;
 * it is loaded while running, so that building this needs none. Exit status 69 where there is none.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROW_MAJOR = 101, AS_IT_IS = 111, TRANSPOSED = 112, ROUNDS = 7 };

typedef void sgemm(int order, int a_is, int b_is, int m, int n, int k, float alpha, const float *a, int lda, const float *b,
                   int ldb, float beta, float *c, int ldc);

static const int sizes[][3] = {
    {512, 512, 512}, {1024, 1024, 1024}, {20, 36864, 25}, {16, 4096, 150}, {64, 500, 2880}, {256, 120, 256},
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static float *numbers(size_t count, int period, int least)
{
    float *to = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
    if (to == NULL) exit(71);
    for (size_t i = 0; i < count; i++) to[i] = ((int)(i % period) + least) * 0.1f;
    return to;
}

static double measure(sgemm *product, const int *size, int by_columns, double seconds)
{
    int m = size[0], n = size[1], k = size[2];
    float *a = numbers((size_t)m * k, 17, -8), *b = numbers((size_t)k * n, 13, -6), *c = numbers((size_t)m * n, 1, 0);
    double first = 0, times[ROUNDS];
    long count = 1;
    for (int round = -2; round < ROUNDS; round++) {
        double start = now();
        for (long i = 0; i < count; i++)
            product(ROW_MAJOR, AS_IT_IS, by_columns ? TRANSPOSED : AS_IT_IS, m, n, k, 1, a, k, b, by_columns ? k : n, 0, c, n);
        double time = (now() - start) / count;
        if (round == -2) first = time;
        if (round == -1) {
            count = (long)(seconds / ROUNDS / (time < first ? time : first));
            if (count < 1) count = 1;
        }
        if (round >= 0) times[round] = time;
    }
    qsort(times, ROUNDS, sizeof times[0], by_size);
    free(a);
    free(b);
    free(c);
    return 2e-9 * m * n * k / times[ROUNDS / 2];
}

int main(int count, char **arguments)
{
    double seconds = count > 1 ? atof(arguments[1]) : 0.1;
    /* One thread; a processor type named by hand might not be the best there is. */
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    setenv("OMP_NUM_THREADS", "1", 1);
    unsetenv("OPENBLAS_CORETYPE");
    void *library = dlopen(count > 2 ? arguments[2] : "libopenblas.so.0", RTLD_NOW);
    sgemm *product = library == NULL ? NULL : (sgemm *)dlsym(library, "cblas_sgemm");
    if (product == NULL) {
        fprintf(stderr, "peer_blas: %s\n", dlerror());
        return 69;
    }
    char *(*config)(void) = (char *(*)(void))dlsym(library, "openblas_get_config");
    puts(config == NULL ? "BLAS" : config());
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (int by_columns = 0; by_columns < 2; by_columns++)
            printf("%d %d %d %s %.2f\n", sizes[i][0], sizes[i][1], sizes[i][2], by_columns ? "columns" : "rows",
                   measure(product, sizes[i], by_columns, seconds));
    return 0;
}
