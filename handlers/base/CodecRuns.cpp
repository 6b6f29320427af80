#include "base/CodecRuns.h"

#include <QByteArray>

namespace sluice {

namespace {

/// The numbers of a table, one after the other.
class Numbers
{
public:
    explicit Numbers(std::string_view packed)
        : m_bytes(qUncompress(QByteArray::fromBase64(
              QByteArray::fromRawData(packed.data(), static_cast<qsizetype>(packed.size())))))
    {
    }

    bool atEnd() const { return m_at >= m_bytes.size(); }

    std::uint32_t next()
    {
        std::uint32_t number = 0;
        for (unsigned shift = 0; !atEnd() && shift < 32; shift += 7) {
            const auto byte = static_cast<unsigned char>(m_bytes[m_at++]);
            number |= std::uint32_t{byte & 0x7Fu} << shift;
            if (byte < 0x80)
                break;
        }
        return number;
    }

private:
    QByteArray m_bytes;
    qsizetype m_at = 0;
};

} // namespace

std::vector<CodecRun> unpackRuns(std::string_view packed)
{
    std::vector<CodecRun> runs;
    if (packed.empty())
        return runs;
    Numbers numbers(packed);
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    while (!numbers.atEnd()) {
        from += numbers.next();
        const std::uint32_t length = numbers.next();
        const std::uint32_t step = numbers.next();
        to += step & 1 ? 0 - (step + 1) / 2 : step / 2;
        runs.push_back({from, length, to});
        from += length;
        to += length;
    }
    return runs;
}

} // namespace sluice
