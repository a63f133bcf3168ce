// The work of "nodeps bench primitives" with the C library, the C++ library, zlib and, where they are installed, libdeflate, fmt
// and fast_float. Reads a row's name and the seconds to measure it for, a line each time; answers with the nanoseconds of a piece of
// work, what the results came to, and whose code it was.
#include <algorithm>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>
#include <zlib.h>
#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif
#ifdef HAVE_PICTURES
#include <png.h>
#include <jpeglib.h>
#endif
#if __has_include(<fmt/compile.h>)
#define FMT_HEADER_ONLY
#include <fmt/compile.h>
#endif
#if __has_include(<fast_float/fast_float.h>)
#include <fast_float/fast_float.h>
#endif

// vectors.cpp
void vectorExp(const float* from, float* to, int count);
void vectorLog(const float* from, float* to, int count);
void vectorTanh(const float* from, float* to, int count);
void vectorSigmoid(const float* from, float* to, int count);

static uint64_t state;

static uint64_t next() {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

struct Row {
    std::function<uint64_t()> pass;
    size_t items = 0;
    const char* whose = "";
};

static const int Shift = 32, Numbers = 1024, Floats = 4096;
static const size_t Bytes = 1 << 16, Memory = 1 << 20;

static unsigned char* take() { return static_cast<unsigned char*>(aligned_alloc(4096, Memory)); }

static Row onPlaces(const std::string& what, size_t size) {
    size_t items = size < Bytes ? 64 : 4;
    unsigned char *first = take(), *second = take();
    std::vector<size_t> at(items);
    for (size_t i = 0; i < items; i++) {
        at[i] = i * (size + 2 * Shift) + next() % Shift;
        memset(first + at[i], 'x', size);
        memset(second + at[i], 'x', size);
        first[at[i] + size] = 0;
        first[at[i] + size - 1] = 'y';
    }
    // Through pointers that the compiler must read, so that it calls the library and keeps every call.
    static size_t (*volatile length)(const char*) = strlen;
    static void* (*volatile search)(const void*, int, size_t) =
        static_cast<void* (*)(const void*, int, size_t)>([](const void* p, int c, size_t n) { return const_cast<void*>(memchr(p, c, n)); });
    static int (*volatile compare)(const void*, const void*, size_t) = memcmp;
    static void* (*volatile copy)(void*, const void*, size_t) = memmove;
    static void* (*volatile fill)(void*, int, size_t) = memset;
    Row row{nullptr, items, "glibc"};
    if (what == "strlen") row.pass = [=] {
        uint64_t sum = 0;
        for (size_t i : at) sum += length(reinterpret_cast<char*>(first + i));
        return sum;
    };
    else if (what == "index-of") row.pass = [=] {
        uint64_t sum = 0;
        for (size_t i : at) sum += static_cast<unsigned char*>(search(first + i, 'y', size)) - (first + i);
        return sum;
    };
    else if (what == "compare") row.pass = [=] {
        uint64_t sum = 0;
        for (size_t i : at) sum += compare(first + i, second + i, size) > 0 ? size - 1 : 0;
        return sum;
    };
    else if (what == "copy") row.pass = [=] {
        uint64_t sum = 0;
        for (size_t i : at) copy(second + i, first + i, size), sum += second[i + size - 1];
        return sum;
    };
    else row.pass = [=] {
        uint64_t sum = 0;
        for (size_t i : at) fill(second + i, 'z', size), sum += second[i + size - 1];
        return sum;
    };
    return row;
}

static double round(Row& row, long count);

// The faster of two that do the same.
static Row faster(Row first, Row second) {
    double times[2] = {1e9, 1e9};
    for (int i = 0; i < 15; i++) {
        times[0] = std::min(times[0], round(first, 20));
        times[1] = std::min(times[1], round(second, 20));
    }
    return times[0] <= times[1] ? first : second;
}

static uint64_t finite(uint64_t bits, uint64_t exponent, uint64_t top) { return (bits & exponent) == exponent ? bits ^ top : bits; }

static Row onNumbers(const std::string& what) {
    std::vector<uint64_t> bits(Numbers);
    std::vector<std::string> texts(Numbers);
    for (int i = 0; i < Numbers; i++) {
        uint64_t x = next();
        if (what == "format-fixed") x = std::bit_cast<uint64_t>(static_cast<double>(x >> 11) * (1000.0 / (1ULL << 53)));
        else if (what == "format-integer" || what == "parse-integer") x >>= x & 63;
        else if (what == "format-float" || what == "parse-float") x = finite(x >> 32, 0x7F800000, 0x40000000);
        else if (what == "format-double" || what == "parse-double") x = finite(x, 0x7FF0000000000000, 0x4000000000000000);
        bits[i] = x;
        char text[64];
        if (what == "parse-integer") snprintf(text, sizeof text, "%llu", static_cast<unsigned long long>(x));
        else if (what == "parse-float") snprintf(text, sizeof text, "%.8E", std::bit_cast<float>(static_cast<uint32_t>(x)));
        else snprintf(text, sizeof text, "%.16E", std::bit_cast<double>(x));
        texts[i] = text;
    }
    Row row{nullptr, Numbers, "libstdc++"};
    auto sum = [bits](auto&& each) {
        uint64_t total = 0;
        for (uint64_t x : bits) total += each(x);
        return total;
    };
    auto readWith = [texts](auto&& parse, auto number, auto&& each) {
        uint64_t total = 0;
        for (const std::string& text : texts) {
            parse(text.data(), text.data() + text.size(), number);
            total += each(number);
        }
        return total;
    };
    auto read = [readWith](auto number, auto&& each) {
        return readWith([](const char* from, const char* end, auto& x) { std::from_chars(from, end, x); }, number, each);
    };
    // Four a step, as on the other sides, and each number by itself: a compiler that may would count in vectors.
    auto count = [bits](auto&& each) {
        uint64_t total = 0;
        for (size_t i = 0; i < bits.size(); i += 4) {
            uint64_t a = bits[i], b = bits[i + 1], c = bits[i + 2], d = bits[i + 3];
            asm volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d));
            total += each(a) + each(b) + each(c) + each(d);
        }
        return total;
    };
    if (what == "ctz") row.pass = [=] { return count([](uint64_t x) { return std::countr_zero(x); }); };
    else if (what == "popcount") row.pass = [=] { return count([](uint64_t x) { return std::popcount(x); }); };
    else if (what == "log2") row.pass = [=] { return count([](uint64_t x) { return 63 - std::countl_zero(x | 1); }); };
    else if (what == "format-double") row.pass = [=] { return sum([](uint64_t x) {
        char to[64];
        return static_cast<uint64_t>(std::to_chars(to, to + 64, std::bit_cast<double>(x)).ptr - to);
    }); };
    else if (what == "format-float") row.pass = [=] { return sum([](uint64_t x) {
        char to[64];
        return static_cast<uint64_t>(std::to_chars(to, to + 64, std::bit_cast<float>(static_cast<uint32_t>(x))).ptr - to);
    }); };
    else if (what == "format-fixed") row.pass = [=] { return sum([](uint64_t x) {
        char to[64];
        return static_cast<uint64_t>(std::to_chars(to, to + 64, std::bit_cast<double>(x), std::chars_format::fixed, 3).ptr - to);
    }); };
    else if (what == "format-integer") row.pass = [=] { return sum([](uint64_t x) {
        char to[64];
        return static_cast<uint64_t>(std::to_chars(to, to + 64, x).ptr - to);
    }); };
    else if (what == "parse-double") row.pass = [=] { return read(0.0, [](double x) { return std::bit_cast<uint64_t>(x); }); };
    else if (what == "parse-float") row.pass = [=] { return read(0.0f, [](float x) { return std::bit_cast<uint32_t>(x); }); };
    else if (what == "parse-integer") row.pass = [=] { return read(uint64_t{}, [](uint64_t x) { return x; }); };
#if __has_include(<fmt/compile.h>)
    Row other{nullptr, Numbers, "fmt"};
    if (what == "format-double") other.pass = [=] { return sum([](uint64_t x) {
        char to[64];
        return static_cast<uint64_t>(fmt::format_to(to, FMT_COMPILE("{}"), std::bit_cast<double>(x)) - to);
    }); };
    else if (what == "format-float") other.pass = [=] { return sum([](uint64_t x) {
        char to[64];
        return static_cast<uint64_t>(fmt::format_to(to, FMT_COMPILE("{}"), std::bit_cast<float>(static_cast<uint32_t>(x))) - to);
    }); };
    else if (what == "format-fixed") other.pass = [=] { return sum([](uint64_t x) {
        char to[64];
        return static_cast<uint64_t>(fmt::format_to(to, FMT_COMPILE("{:.3f}"), std::bit_cast<double>(x)) - to);
    }); };
    else if (what == "format-integer") other.pass = [=] { return sum([](uint64_t x) {
        char to[64];
        return static_cast<uint64_t>(fmt::format_to(to, FMT_COMPILE("{}"), x) - to);
    }); };
    if (other.pass) return faster(row, other);
#endif
#if __has_include(<fast_float/fast_float.h>)
    auto readFast = [readWith](auto number, auto&& each) {
        return readWith([](const char* from, const char* end, auto& x) { fast_float::from_chars(from, end, x); }, number, each);
    };
    Row fast{nullptr, Numbers, "fast_float"};
    if (what == "parse-double") fast.pass = [=] { return readFast(0.0, [](double x) { return std::bit_cast<uint64_t>(x); }); };
    else if (what == "parse-float") fast.pass = [=] { return readFast(0.0f, [](float x) { return std::bit_cast<uint32_t>(x); }); };
    if (fast.pass) return faster(row, fast);
#endif
    return row;
}

static Row onFloats(const std::string& what) {
    std::vector<float> from(Floats);
    for (float& x : from) {
        float unit = static_cast<float>(next() >> 40) * (1.0f / (1 << 24));
        x = what == "log" ? unit : 20 * unit - 10;
    }
    float* to = reinterpret_cast<float*>(take());
    auto each = [=](auto function) {
        function(from.data(), to, Floats);
        return static_cast<uint64_t>(std::bit_cast<uint32_t>(to[Floats - 1]));
    };
    Row row{nullptr, Floats, "libmvec"};
    if (what == "exp") row.pass = [=] { return each(vectorExp); };
    else if (what == "log") row.pass = [=] { return each(vectorLog); };
    else if (what == "tanh") row.pass = [=] { return each(vectorTanh); };
    else if (what == "sigmoid") row.pass = [=] { return each(vectorSigmoid); };
    return row;
}

static std::vector<unsigned char> inflated(const std::vector<unsigned char>& file) {
    std::vector<unsigned char> content(file.size() * 1032);
    z_stream stream{};
    inflateInit2(&stream, 31);
    stream.next_in = const_cast<unsigned char*>(file.data());
    stream.avail_in = file.size();
    stream.next_out = content.data();
    stream.avail_out = content.size();
    inflate(&stream, Z_FINISH);
    content.resize(stream.total_out);
    inflateEnd(&stream);
    return content;
}

static Row onBytes(const std::string& what, const char* path) {
    unsigned char* data = take();
    for (size_t i = 0; i < Bytes / 8; i++) reinterpret_cast<uint64_t*>(data)[i] = next();
    if (what == "crc32" || what == "adler32") {
#ifdef HAVE_LIBDEFLATE
        if (what == "crc32") return {[=] { return libdeflate_crc32(0, data, Bytes); }, Bytes, "libdeflate"};
        return {[=] { return libdeflate_adler32(1, data, Bytes); }, Bytes, "libdeflate"};
#else
        if (what == "crc32") return {[=] { return crc32(0, data, Bytes); }, Bytes, "zlib"};
        return {[=] { return adler32(1, data, Bytes); }, Bytes, "zlib"};
#endif
    }
    std::ifstream stream(path, std::ios::binary);
    std::vector<unsigned char> file((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    std::vector<unsigned char> content = inflated(file);
    size_t length = content.size(), most = length + length / 8 + 1024;
    unsigned char* room = static_cast<unsigned char*>(malloc(most));
    memset(room, 0, most);
#ifdef HAVE_LIBDEFLATE
    if (what == "gunzip") {
        libdeflate_decompressor* decoder = libdeflate_alloc_decompressor();
        return {[=] {
            size_t written = 0;
            libdeflate_gzip_decompress(decoder, file.data(), file.size(), room, length, &written);
            return static_cast<uint64_t>(written);
        }, length, "libdeflate"};
    }
    libdeflate_compressor* encoder = libdeflate_alloc_compressor(1);
    return {[=] { return static_cast<uint64_t>(libdeflate_gzip_compress(encoder, content.data(), length, room, most)); }, length,
        "libdeflate"};
#else
    if (what == "gunzip") return {[=] { return static_cast<uint64_t>(inflated(file).size()); }, length, "zlib"};
    return {[=] {
        z_stream to{};
        deflateInit2(&to, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
        to.next_in = const_cast<unsigned char*>(content.data());
        to.avail_in = length;
        to.next_out = room;
        to.avail_out = most;
        deflate(&to, Z_FINISH);
        uint64_t written = to.total_out;
        deflateEnd(&to);
        return written;
    }, length, "zlib"};
#endif
}

#ifdef HAVE_PICTURES
// A photo-like picture of 2048 x 2048: light that changes slowly, edges, and the noise of a sensor.
static std::vector<unsigned char> photo(int side) {
    std::vector<unsigned char> pixels(3 * static_cast<size_t>(side) * side);
    state = 7;
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            double u = x / 2048.0, v = y / 2048.0;
            double light = 120 + 70 * std::sin(5 * u + 2 * std::sin(4 * v)) + 40 * std::cos(9 * v - 3 * u);
            double leaf = std::sin(60 * u + 8 * std::sin(20 * v)) * std::sin(50 * v) > 0.3 ? 35 : 0;
            bool isRoof = y > side / 2 + (x > side / 2 ? side - x : x) / 3;
            uint64_t noise = next();
            for (int c = 0; c < 3; c++) {
                double value = light * (c == 2 ? 1.1 : 1 - 0.15 * c) + (c == 1 ? leaf : leaf / 2) - (isRoof ? 50 + 20 * c : 0);
                value += static_cast<int>(noise >> (8 * c) & 7) - 3.5;
                pixels[3 * (static_cast<size_t>(y) * side + x) + c] = static_cast<unsigned char>(std::clamp(value, 0.0, 255.0));
            }
        }
    }
    return pixels;
}

// Half of the photo gives way to what other filters of PNG predict best: stars on black (none), columns (Up), lines (Sub), and
// columns beside lines (Paeth). The photo's own rows take Average. All have noise, so that there is something to inflate.
static void drawBands(std::vector<unsigned char>& pixels, int side) {
    std::vector<int> columns(side);
    for (int& level : columns) level = 20 + next() % 200;
    for (int y = 0; y < side / 2; y++) {
        int band = y / (side / 8), line = 20 + next() % 200;
        for (int x = 0; x < side; x++) {
            uint64_t noise = next();
            bool isColumn = band == 1 || (band == 3 && x < side / 2), isStar = (noise >> 32 & 7) == 0;
            for (int c = 0; c < 3; c++) {
                int small = noise >> (8 * c) & 3;
                int level = band == 0 ? (isStar ? 30 * small : 0) : (isColumn ? columns[x] : line) + small;
                pixels[3 * (static_cast<size_t>(y) * side + x) + c] = static_cast<unsigned char>(level);
            }
        }
    }
}

static int writePictures(const std::string& folder, int side) {
    std::vector<unsigned char> pixels = photo(side), banded = pixels;
    drawBands(banded, side);
    FILE* file = fopen((folder + "/photo.png").c_str(), "wb");
    if (!file) return 1;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_IHDR(png, info, side, side, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    // The filter of each row is the one with the least sum of absolute differences.
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
    png_write_info(png, info);
    for (int y = 0; y < side; y++) png_write_row(png, &banded[3 * static_cast<size_t>(y) * side]);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    fclose(file);
    file = fopen((folder + "/photo.jpg").c_str(), "wb");
    if (!file) return 1;
    jpeg_compress_struct jpeg;
    jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = jpeg.image_height = side;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 90, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = &pixels[3 * static_cast<size_t>(jpeg.next_scanline) * side];
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    fclose(file);
    return 0;
}

static void readBytes(png_structp png, png_bytep to, size_t count) {
    auto** at = static_cast<const unsigned char**>(png_get_io_ptr(png));
    memcpy(to, *at, count);
    *at += count;
}

static Row decode(const std::string& what, const char* path) {
    std::ifstream stream(path, std::ios::binary);
    auto* file = new std::vector<unsigned char>((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    auto* pixels = new std::vector<unsigned char>();
    if (file->empty()) return {};
    auto* size = new size_t(0);
    std::function<uint64_t()> pass;
    if (what == "png") {
        pass = [=] {
            const unsigned char* at = file->data();
            png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
            png_infop info = png_create_info_struct(png);
            png_set_read_fn(png, &at, readBytes);
            png_read_info(png, info);
            size_t width = png_get_image_width(png, info), height = png_get_image_height(png, info), row = png_get_rowbytes(png, info);
            *size = width * height;
            pixels->resize(row * height);
            for (size_t y = 0; y < height; y++) png_read_row(png, pixels->data() + y * row, nullptr);
            png_read_end(png, nullptr);
            png_destroy_read_struct(&png, &info, nullptr);
            return uint64_t{0};
        };
    } else {
        pass = [=] {
            jpeg_decompress_struct jpeg;
            jpeg_error_mgr errors;
            jpeg.err = jpeg_std_error(&errors);
            jpeg_create_decompress(&jpeg);
            jpeg_mem_src(&jpeg, file->data(), file->size());
            jpeg_read_header(&jpeg, TRUE);
            jpeg.dct_method = JDCT_ISLOW;
            jpeg_start_decompress(&jpeg);
            size_t row = static_cast<size_t>(jpeg.output_width) * jpeg.output_components;
            *size = static_cast<size_t>(jpeg.output_width) * jpeg.output_height;
            pixels->resize(row * jpeg.output_height);
            while (jpeg.output_scanline < jpeg.output_height) {
                JSAMPROW to = pixels->data() + row * jpeg.output_scanline;
                jpeg_read_scanlines(&jpeg, &to, 1);
            }
            jpeg_finish_decompress(&jpeg);
            jpeg_destroy_decompress(&jpeg);
            return uint64_t{0};
        };
    }
    pass();
    uint64_t checksum = crc32(0, pixels->data(), pixels->size());
    return {[=] { pass(); return checksum; }, *size, what == "png" ? "libpng" : "libjpeg-turbo"};
}
#endif

static Row create(const std::string& name, const char* file, const char* pictures) {
    state = 1;
    size_t dash = name.rfind('-');
    if (dash != std::string::npos && isdigit(static_cast<unsigned char>(name[dash + 1])))
        return onPlaces(name.substr(0, dash), std::stoul(name.substr(dash + 1)));
    if (name == "crc32" || name == "adler32" || name == "gzip" || name == "gunzip") return onBytes(name, file);
    if (name == "png" || name == "jpeg") {
#ifdef HAVE_PICTURES
        return decode(name, (std::string(pictures) + (name == "png" ? "/photo.png" : "/photo.jpg")).c_str());
#else
        return {};
#endif
    }
    if (name == "exp" || name == "log" || name == "tanh" || name == "sigmoid") return onFloats(name);
    return onNumbers(name);
}

// A result that goes somewhere: nothing may be left out or shared by two passes.
volatile uint64_t result;

static double round(Row& row, long count) {
    auto start = std::chrono::steady_clock::now();
    for (long i = 0; i < count; i++) {
        result = row.pass();
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int main(int, char** arguments) {
#ifdef HAVE_PICTURES
    if (std::string(arguments[1]) == "--pictures") return writePictures(arguments[2], std::stoi(arguments[3]));
#else
    if (std::string(arguments[1]) == "--pictures") return 2;
#endif
    std::map<std::string, Row> rows;
    std::string name;
    double seconds;
    while (std::cin >> name >> seconds) {
        if (!rows.count(name)) rows[name] = create(name, arguments[1], arguments[2]);
        Row& row = rows[name];
        if (!row.pass) {
            puts("none");
        } else {
            const int Rounds = 7;
            double once = std::max(std::min(round(row, 1), round(row, 1)), 1e-9);
            long count = std::max(static_cast<long>(seconds / Rounds / once), 1L);
            std::vector<double> times;
            for (int i = 0; i < Rounds; i++) times.push_back(round(row, count) / count);
            std::sort(times.begin(), times.end());
            printf("%.5f %016llx %s\n", times[Rounds / 2] * 1e9 / row.items, static_cast<unsigned long long>(row.pass()), row.whose);
        }
        fflush(stdout);
    }
}
