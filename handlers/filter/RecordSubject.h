#pragma once

#include "filter/ExpressionSubject.h"
#include "record/LogRecord.h"

#include <string>

namespace sluice {

/// A LogRecord as an expression asks for it. Its message is made when it is first asked for, in memory that is
/// used again for the next record. For one thread.
class RecordSubject : public ExpressionSubject
{
public:
    /// `record` lives until the next one is set.
    void set(const LogRecord &record);

    int levelno() override { return m_record->levelno; }
    Nanoseconds created() override { return m_record->created; }
    std::string_view logger() override { return m_record->name(); }
    std::string_view levelname() override { return m_record->levelname(); }
    std::string_view message() override;
    std::string_view exception() override { return m_record->text(Attribute::ExcText); }
    Source source() override;
    Value attribute(Attribute attribute) override { return (*m_record)[attribute]; }
    std::span<const Field> extra() override { return m_record->extra; }

private:
    const LogRecord *m_record = nullptr;
    std::string m_message;
    bool m_hasMessage = false;
};

} // namespace sluice
