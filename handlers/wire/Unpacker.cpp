#include "wire/Unpacker.h"

#include <algorithm>
#include <limits>
#include <string>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

namespace sluice {

namespace {

bool isGzip(std::string_view beginning) { return beginning.starts_with("\x1F\x8B\x08"); }

bool isZstd(std::string_view beginning)
{
    // A frame, or one of those that are skipped.
    return beginning.starts_with("\x28\xB5\x2F\xFD") ||
           (beginning.size() >= 4 && (static_cast<unsigned char>(beginning[0]) & 0xF0) == 0x50 &&
            beginning.substr(1).starts_with("\x2A\x4D\x18"));
}

class GzipUnpacker final : public Unpacker
{
public:
    GzipUnpacker() { m_isReady = inflateInit2(&m_z, MAX_WBITS + gzipOnly) == Z_OK; }
    ~GzipUnpacker() override
    {
        if (m_isReady)
            inflateEnd(&m_z);
    }

    Result<Step> step(std::string_view packed, std::span<char> into) override
    {
        if (!m_isReady)
            return Error{"there is no memory to unpack it"};
        if (m_isComplete) {
            // As gzip(1): members stand in a row, and a tape's last block is filled with zeros.
            const std::size_t zeros = std::min(packed.find_first_not_of('\0'), packed.size());
            if (zeros > 0 || packed.empty())
                return Step{zeros, 0};
            if (packed.front() != '\x1F')
                return Error{"something that is not packed follows"};
            inflateReset(&m_z);
            m_isComplete = false;
        }
        constexpr std::size_t most = std::numeric_limits<uInt>::max();
        const auto given = static_cast<uInt>(std::min(packed.size(), most));
        const auto room = static_cast<uInt>(std::min(into.size(), most));
        m_z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
        m_z.avail_in = given;
        m_z.next_out = reinterpret_cast<Bytef *>(into.data());
        m_z.avail_out = room;
        const int status = ::inflate(&m_z, Z_NO_FLUSH);
        const Step step{given - m_z.avail_in, room - m_z.avail_out};
        // What stands before the damage first; it is met again by the next step.
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR && step.made == 0)
            return Error{"it is damaged"};
        m_isComplete = status == Z_STREAM_END;
        return step;
    }

    bool isComplete() const override { return m_isComplete; }

private:
    static constexpr int gzipOnly = 16;

    z_stream m_z{};
    bool m_isReady = false;
    bool m_isComplete = false;
};

class ZstdUnpacker final : public Unpacker
{
public:
    Result<Step> step(std::string_view packed, std::span<char> into) override
    {
        if (!m_stream)
            return Error{"there is no memory to unpack it"};
        if (!m_error.empty())
            return Error{m_error};
        if (packed.empty() && m_isComplete)
            return Step{};
        ZSTD_inBuffer in{packed.data(), packed.size(), 0};
        ZSTD_outBuffer out{into.data(), into.size(), 0};
        const std::size_t left = ZSTD_decompressStream(m_stream.get(), &out, &in);
        if (ZSTD_isError(left)) {
            m_error = words(ZSTD_getErrorCode(left));
            if (out.pos == 0)
                return Error{m_error};
            return Step{in.pos, out.pos}; // what stands before the damage first
        }
        m_isComplete = left == 0;
        return Step{in.pos, out.pos};
    }

    bool isComplete() const override { return m_isComplete; }

private:
    std::string words(ZSTD_ErrorCode code) const
    {
        // A window of more than 128 MiB would take that much memory.
        if (code == ZSTD_error_frameParameter_windowTooLarge)
            return "it needs more memory than is spent on unpacking";
        return m_isComplete && code == ZSTD_error_prefix_unknown ? "something that is not packed follows" : "it is damaged";
    }

    const std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream *)> m_stream{ZSTD_createDStream(), ZSTD_freeDStream};
    std::string m_error;
    bool m_isComplete = false;
};

} // namespace

Unpacker::~Unpacker() = default;

std::unique_ptr<Unpacker> Unpacker::create(std::string_view beginning)
{
    if (isGzip(beginning))
        return std::make_unique<GzipUnpacker>();
    if (isZstd(beginning))
        return std::make_unique<ZstdUnpacker>();
    return nullptr;
}

} // namespace sluice
