#include "QueryOutput.h"

#include "wire/JsonWriter.h"

#include <cstdio>

namespace sluice {

QueryOutput::QueryOutput(Kind kind, std::shared_ptr<const Formatter> formatter)
    : m_kind(kind), m_formatter(std::move(formatter))
{
    if (kind == Kind::Lines)
        m_console.emplace();
}

void QueryOutput::write(RecordSpan records)
{
    m_count += records.size();
    for (const LogRecord *record : records) {
        switch (m_kind) {
        case Kind::Json:
            appendJson(*record, m_out);
            m_out += '\n';
            break;
        case Kind::Text:
            if (const Status status = m_formatter->format(*record, m_out); !status)
                m_out += status.error().text;
            m_out += '\n';
            break;
        case Kind::Lines:
        case Kind::Count:
            break;
        }
    }
    if (m_console && !records.empty())
        m_console->append(records);
    flush();
}

void QueryOutput::finish()
{
    if (m_kind == Kind::Count)
        m_out = std::to_string(m_count) + '\n';
    flush();
}

void QueryOutput::flush()
{
    if (!m_out.empty()) {
        std::fwrite(m_out.data(), 1, m_out.size(), stdout);
        std::fflush(stdout);
        m_out.clear();
    }
    m_isBroken = m_isBroken || std::ferror(stdout);
}

} // namespace sluice
