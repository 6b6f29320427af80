#include "handler/LineBuffer.h"

namespace sluice {

namespace {

/// Beyond this, memory that one huge record needed is given back.
constexpr std::size_t keptCapacity = 4 * 1024 * 1024;

void replaceNewlines(std::string &text, std::size_t start, std::string_view newline)
{
    for (std::size_t at = text.find('\n', start); at != std::string::npos;
         at = text.find('\n', at + newline.size()))
        text.replace(at, 1, newline);
}

} // namespace

Status LineBuffer::finish(const LogRecord &record, std::size_t start, const TextEncoder &encoder,
                          bool startOfStream, std::string_view newline)
{
    if (newline != "\n")
        replaceNewlines(m_bytes, start, newline);
    if (!encoder.isUnchanged(textFrom(start), startOfStream)) {
        m_scratch.assign(m_bytes, start, std::string::npos);
        m_bytes.resize(start);
        if (Status status = encoder.encode(m_scratch, startOfStream, m_bytes); !status)
            return status;
    }
    m_lines.push_back({&record, m_bytes.size()});
    return {};
}

void LineBuffer::clear()
{
    m_lines.clear();
    m_bytes.clear();
    if (m_bytes.capacity() > keptCapacity)
        m_bytes.shrink_to_fit();
    if (m_scratch.capacity() > keptCapacity)
        std::string().swap(m_scratch);
}

} // namespace sluice
