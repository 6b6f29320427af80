#pragma once

#include "record/LogRecordBatch.h"
#include "support/Patience.h"
#include "wire/JsonReader.h"
#include "wire/RecordBuilder.h"

#include <QByteArray>

#include <vector>

namespace sluice::test {

/// Records as makeLogRecord makes them of JSON lines.
class JsonRecords
{
public:
    explicit JsonRecords(const QByteArray &lines) : m_lines(lines.trimmed().split('\n'))
    {
        JsonReader reader;
        RecordBuilder builder;
        for (const QByteArray &line : m_lines) {
            const Result<Value> dict =
                reader.read({line.constData(), static_cast<std::size_t>(line.size())}, m_batch.arena());
            if (!dict || !builder.build(*dict, m_batch.add(), m_batch.arena(), 0))
                qFatal("no record: %s", line.constData());
        }
        for (const LogRecord &record : m_batch.records())
            m_pointers.push_back(&record);
    }

    RecordSpan all() const { return m_pointers; }
    std::size_t size() const { return m_pointers.size(); }

private:
    const QList<QByteArray> m_lines; // texts of the records point into them
    LogRecordBatch m_batch;
    std::vector<const LogRecord *> m_pointers;
};

} // namespace sluice::test
