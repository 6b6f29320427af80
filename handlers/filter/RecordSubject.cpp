#include "filter/RecordSubject.h"

#include "format/Formatter.h"

namespace sluice {

void RecordSubject::set(const LogRecord &record, std::string_view source)
{
    m_record = &record;
    m_source = source;
    m_hasMessage = false;
}

std::string_view RecordSubject::message()
{
    if (!m_hasMessage) {
        m_message.clear();
        if (!appendMessage(*m_record, m_message))
            m_message = m_record->text(Attribute::Msg); // as the console shows it
        m_hasMessage = true;
    }
    return m_message;
}

} // namespace sluice
