#include "filter/RecordSubject.h"

#include "format/Formatter.h"
#include "record/DeliveryTracker.h"

namespace sluice {

void RecordSubject::set(const LogRecord &record)
{
    m_record = &record;
    m_hasMessage = false;
}

ExpressionSubject::Source RecordSubject::source()
{
    const RecordOrigin origin = m_record->tracker ? m_record->tracker->origin() : RecordOrigin();
    return {origin.receiver, origin.peer, m_record->text(Attribute::ProcessName)};
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
