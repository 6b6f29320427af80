#include "wire/Inflater.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

constexpr std::size_t stepBytes = 64 * 1024;
constexpr int gzipOrZlib = 32;

struct Stream
{
    z_stream z{};
    bool ready = inflateInit2(&z, MAX_WBITS + gzipOrZlib) == Z_OK;
    Stream() = default;
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;
    ~Stream()
    {
        if (ready)
            inflateEnd(&z);
    }
};

} // namespace

Status inflate(std::string_view compressed, std::size_t maxBytes, std::string &out)
{
    Stream stream;
    if (!stream.ready)
        return Error{"There is no memory to expand the data."};
    if (compressed.size() > std::numeric_limits<uInt>::max())
        return Error{"The compressed data is too long."};
    z_stream &z = stream.z;
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(compressed.data()));
    z.avail_in = static_cast<uInt>(compressed.size());
    std::size_t made = 0;
    for (;;) {
        // One byte more than is allowed tells that there is more.
        const std::size_t step = std::min(stepBytes, maxBytes - made + 1);
        const std::size_t begin = out.size();
        out.resize(begin + step);
        z.next_out = reinterpret_cast<Bytef *>(out.data() + begin);
        z.avail_out = static_cast<uInt>(step);
        const int status = ::inflate(&z, Z_NO_FLUSH);
        const std::size_t came = step - z.avail_out;
        out.resize(begin + came);
        made += came;
        if (made > maxBytes)
            return Error{"The expanded data is longer than the limit of " + std::to_string(maxBytes) + " bytes."};
        if (status == Z_STREAM_END) {
            if (z.avail_in == 0)
                return {};
            if (inflateReset(&z) != Z_OK)
                return Error{"The compressed data is damaged."};
        } else if (status == Z_BUF_ERROR || (status == Z_OK && came == 0 && z.avail_in == 0)) {
            return Error{"The compressed data ends too early."};
        } else if (status != Z_OK) {
            return Error{"The compressed data is damaged."};
        }
    }
}

} // namespace sluice
