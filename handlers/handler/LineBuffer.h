#pragma once

#include "base/TextEncoder.h"
#include "record/LogRecord.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Encoded lines that go out with one call, and the record of each. Its memory is kept from batch to batch.
class LineBuffer
{
public:
    struct Line
    {
        const LogRecord *record;
        std::size_t end; ///< of its bytes
    };

    /// Where the next line begins. Append its text (UTF-8) to text(), then call finish() or drop() with this
    /// number.
    std::size_t begin() const { return m_bytes.size(); }
    std::string &text() { return m_bytes; }
    std::string_view textFrom(std::size_t start) const { return std::string_view(m_bytes).substr(start); }

    /// Turns the text since `start` into bytes. `newline` replaces each "\n". On failure the line is gone.
    Status finish(const LogRecord &record, std::size_t start, const TextEncoder &encoder, bool startOfStream,
                  std::string_view newline);
    void drop(std::size_t start) { m_bytes.resize(start); }

    std::string_view bytes() const { return m_bytes; }
    std::span<const Line> lines() const { return m_lines; }
    bool empty() const { return m_lines.empty(); }

    void clear();

private:
    std::string m_bytes;
    std::string m_scratch;
    std::vector<Line> m_lines;
};

} // namespace sluice
