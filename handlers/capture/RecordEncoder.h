#pragma once

#include "record/LogRecord.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

/// Makes the bytes of a record that a block keeps: its site and its text (RecordCodec). Its memory is used again;
/// for one thread.
class RecordEncoder
{
public:
    /// A record that takes more than `maxRecordBytes` is kept with the beginning of its message only.
    explicit RecordEncoder(std::size_t maxRecordBytes) : m_maxRecordBytes(maxRecordBytes) {}

    /// True if the record had to be shortened.
    bool encode(const LogRecord &record, std::uint32_t source);

    /// Of the record encoded last.
    const std::string &site() const { return m_site; }
    const std::string &text() const { return m_text; }

private:
    const std::size_t m_maxRecordBytes;
    std::string m_message;
    std::string m_site;
    std::string m_text;
};

} // namespace sluice
