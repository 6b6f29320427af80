#include "handler/FileCompression.h"

#include "base/NativeFile.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <vector>
#include <zlib.h>
#include <zstd.h>

namespace sluice {

namespace {

constexpr std::size_t blockSize = 256 * 1024;

using Source = std::function<Result<std::size_t>(char *, std::size_t)>; ///< reads; 0 at the end

std::filesystem::path nativePath(const std::string &path)
{
    return std::filesystem::path(std::u8string(path.begin(), path.end()));
}

Status gzip(const Source &read, NativeFile &out)
{
    z_stream stream{};
    constexpr int gzipFormat = 15 + 16;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipFormat, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return Error{"There is not enough memory to compress."};
    const std::unique_ptr<z_stream, int (*)(z_stream *)> guard(&stream, deflateEnd);
    std::vector<char> input(blockSize);
    std::vector<char> output(blockSize);
    for (bool ended = false; !ended;) {
        const auto length = read(input.data(), input.size());
        if (!length)
            return length.error();
        ended = length.value() == 0;
        stream.next_in = reinterpret_cast<Bytef *>(input.data());
        stream.avail_in = static_cast<uInt>(length.value());
        do {
            stream.next_out = reinterpret_cast<Bytef *>(output.data());
            stream.avail_out = static_cast<uInt>(output.size());
            deflate(&stream, ended ? Z_FINISH : Z_NO_FLUSH);
            if (NativeFile::Written written = out.write({output.data(), output.size() - stream.avail_out});
                !written.status)
                return std::move(written.status);
        } while (stream.avail_out == 0);
    }
    return {};
}

Status zstd(const Source &read, NativeFile &out)
{
    const std::unique_ptr<ZSTD_CStream, std::size_t (*)(ZSTD_CStream *)> stream(ZSTD_createCStream(),
                                                                                ZSTD_freeCStream);
    if (!stream)
        return Error{"There is not enough memory to compress."};
    ZSTD_CCtx_setParameter(stream.get(), ZSTD_c_checksumFlag, 1);
    std::vector<char> input(blockSize);
    std::vector<char> output(ZSTD_CStreamOutSize());
    for (bool ended = false; !ended;) {
        const auto length = read(input.data(), input.size());
        if (!length)
            return length.error();
        ended = length.value() == 0;
        ZSTD_inBuffer in{input.data(), length.value(), 0};
        for (bool more = true; more;) {
            ZSTD_outBuffer block{output.data(), output.size(), 0};
            const std::size_t left =
                ZSTD_compressStream2(stream.get(), &block, &in, ended ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(left))
                return Error{std::string("Cannot compress: ") + ZSTD_getErrorName(left) + "."};
            if (NativeFile::Written written = out.write({output.data(), block.pos}); !written.status)
                return std::move(written.status);
            more = ended ? left > 0 : in.pos < in.size;
        }
    }
    return {};
}

Status compressTo(const std::string &path, const std::string &part, Compression compression)
{
    errno = 0;
    std::ifstream in(nativePath(path), std::ios::binary);
    if (!in)
        return Error{"Cannot open " + path + ": " + std::strerror(errno ? errno : EIO) + "."};
    auto out = NativeFile::open(part, NativeFile::Mode::Truncate);
    if (!out)
        return out.error();
    std::error_code ignored; // on file systems without permissions
    std::filesystem::permissions(nativePath(part),
                                 std::filesystem::status(nativePath(path), ignored).permissions(), ignored);
    const Source read = [&](char *to, std::size_t room) -> Result<std::size_t> {
        errno = 0;
        in.read(to, static_cast<std::streamsize>(room));
        if (in.bad())
            return Error{"Cannot read " + path + ": " + std::strerror(errno ? errno : EIO) + "."};
        return static_cast<std::size_t>(in.gcount());
    };
    Status status = compression == Compression::Gzip ? gzip(read, *out) : zstd(read, *out);
    if (status)
        status = out->sync();
    if (status)
        status = out->close();
    return status;
}

} // namespace

std::string_view endingOf(Compression compression)
{
    switch (compression) {
    case Compression::Gzip:
        return ".gz";
    case Compression::Zstd:
        return ".zst";
    case Compression::None:
        break;
    }
    return "";
}

Compression compressionFromName(std::string_view name)
{
    return name == "gzip" ? Compression::Gzip : name == "zstd" ? Compression::Zstd : Compression::None;
}

Status compressFile(const std::string &path, Compression compression)
{
    if (compression == Compression::None)
        return {};
    const std::string target = path + std::string(endingOf(compression));
    const std::string part = target + ".part";
    Status status = compressTo(path, part, compression);
    if (status)
        status = files::rename(part, target);
    if (!status) {
        if (files::exists(part))
            (void)files::remove(part);
        return Error{"The old file stays uncompressed. " + status.error().text};
    }
    return files::remove(path);
}

} // namespace sluice
