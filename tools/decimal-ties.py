#!/usr/bin/env python3
"""Checks that one multiplication decides every rounding: the two cases that EiselLemire.cs leaves to exact arithmetic.

With P the product of w, shifted up to 64 bits, and the entry of 10^q, the exact product may lie on the other side of a
middle M of two numbers of the format only when P is in [M - 2^64, M) for q > 55, or in [M, M + 2^64) for q < -27.
M is an odd multiple of 2^(127 + dropped), where dropped is how many bits of P's upper 64 the significand leaves. So the
question is whether w * entry mod 2^(128 + dropped) hits an interval of 2^64 numbers for a w of 64 bits, which
Euclid's algorithm answers; Mushtak and Lemire, "Fast number parsing without fallback" (2022), ask the same by
continued fractions. Prints what it finds, and ends with 1 if that is anything; takes a few seconds.
"""
import importlib.util
import os
import sys

sys.setrecursionlimit(10000)
PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "powers-of-ten.py")


def first_hit(a, m, low, high):
    """The least x >= 0 with low <= a * x mod m <= high, or None; 0 <= low <= high < m."""
    if low == 0:
        return 0
    a %= m
    if a == 0:
        return None
    if 2 * a > m:
        a, low, high = m - a, m - high, m - low
    x = -(-low // a)
    if x * a <= high:
        return x
    # No multiple of a lies in the interval; with m added y times one does where m * y mod a is in this one.
    y = first_hit(m % a, a, -high % a, -low % a)
    return None if y is None else -(-(low + m * y) // a)


def hit_between(a, m, low, high, start, end):
    """An x with start <= x < end and low <= a * x mod m <= high, or None."""
    base = a * start % m
    low, high = (low - base) % m, (high - base) % m
    x = 0 if low > high else first_hit(a, m, low, high)
    return None if x is None or start + x >= end else start + x


def undecided(powers, significand_bits, exponent_bits):
    bias = (1 << exponent_bits - 1) - 1
    for q in range(powers.SMALLEST, 309):
        if -27 <= q <= powers.EXACT:
            continue
        entry = powers.first_bits(q) + (q < 0)
        for leading in range(64):
            for carry in (0, 1):
                exponent = 63 + carry + powers.binary_exponent(q) - leading
                dropped = 63 + carry - significand_bits + max(1 - bias - exponent, 0)
                if exponent > bias or dropped > 63:
                    continue
                half = 1 << 127 + dropped
                low = half if q < 0 else half - (1 << 64)
                high = low + (1 << 64) - 1
                w = hit_between(entry << leading, 2 * half, low, high, 1 << 63 - leading, 1 << 64 - leading)
                if w is not None:
                    yield w, q


def main():
    spec = importlib.util.spec_from_file_location("powers_of_ten", PATH)
    powers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(powers)
    found = [(bits, *pair) for bits, exponent in ((53, 11), (24, 8)) for pair in undecided(powers, bits, exponent)]
    for bits, w, q in found:
        print(f"{w}e{q}: not decided for significands of {bits} bits")
    print(f"{len(found)} undecided")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
