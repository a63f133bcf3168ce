// Functions of many floats, for a compiler that makes calls of the C library's vector forms (libmvec) of such loops.
#include <cmath>

void vectorExp(const float* __restrict from, float* __restrict to, int count) {
    for (int i = 0; i < count; i++) to[i] = std::exp(from[i]);
}

void vectorLog(const float* __restrict from, float* __restrict to, int count) {
    for (int i = 0; i < count; i++) to[i] = std::log(from[i]);
}

void vectorTanh(const float* __restrict from, float* __restrict to, int count) {
    for (int i = 0; i < count; i++) to[i] = std::tanh(from[i]);
}

void vectorSigmoid(const float* __restrict from, float* __restrict to, int count) {
    for (int i = 0; i < count; i++) to[i] = 1 / (1 + std::exp(-from[i]));
}
