#include "capture/RecordEncoder.h"

#include "capture/RecordCodec.h"
#include "format/Formatter.h"

namespace sluice {

namespace {

/// As much of `text` as `bytes` hold without cutting a character.
std::string_view beginning(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
        --bytes;
    return text.substr(0, bytes);
}

} // namespace

bool RecordEncoder::encode(const LogRecord &record, std::uint32_t source)
{
    m_message.clear();
    if (!appendMessage(record, m_message))
        m_message.assign(
            record.text(Attribute::Msg)); // args that do not fit their message: both are shown as they are
    m_site.clear();
    codec::appendSite(record, source, m_site);
    m_text.clear();
    codec::appendText(record, m_message, m_text);
    if (m_site.size() + m_text.size() <= m_maxRecordBytes)
        return false;

    LogRecord remainder;
    const std::size_t share = m_maxRecordBytes / 8;
    remainder.created = record.created;
    remainder.set(Attribute::Name, Value::text(beginning(record.name(), share)));
    remainder.set(Attribute::Levelname, Value::text(beginning(record.levelname(), share)));
    remainder.set(Attribute::Levelno, Value::integer(record.levelno));
    const std::size_t whole = m_site.size() + m_text.size();
    m_message.resize(beginning(m_message, share * 4).size());
    m_message += "… [shortened: the record took " + std::to_string(whole) + " bytes]";
    remainder.set(Attribute::Msg, Value::text(m_message));
    m_site.clear();
    codec::appendSite(remainder, source, m_site);
    m_text.clear();
    codec::appendText(remainder, m_message, m_text);
    return true;
}

} // namespace sluice
