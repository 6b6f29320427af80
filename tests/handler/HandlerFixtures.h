#pragma once

#include "ShowStrings.h"
#include "base/NativeFile.h"
#include "handler/Handler.h"
#include "record/DeliveryTracker.h"
#include "record/Level.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <map>
#include <string>
#include <vector>

namespace sluice::test {

/// Records with a message each, and pointers to them.
class Records
{
public:
    explicit Records(const std::vector<std::string> &messages, int level = level::Info)
    {
        for (const std::string &message : messages) {
            LogRecord &record = m_batch.add();
            record.set(Attribute::Name, Value::text("test"));
            record.set(Attribute::Msg, Value::text(m_batch.arena().copy(message)));
            record.set(Attribute::Levelno, Value::integer(level));
            record.set(Attribute::Msecs, Value::real(125));
        }
        for (const LogRecord &record : m_batch.records())
            m_pointers.push_back(&record);
    }

    RecordSpan all() const { return m_pointers; }
    LogRecordBatch &batch() { return m_batch; }

private:
    LogRecordBatch m_batch;
    std::vector<const LogRecord *> m_pointers;
};

/// What a handler reports: "message: sentence", or ": sentence" without a record.
class Errors
{
public:
    explicit Errors(Handler &handler)
    {
        handler.setErrorObserver([this](const Handler &, const LogRecord *record, const Error &error) {
            seen.push_back((record ? std::string(record->text(Attribute::Msg)) : "") + ": " + error.text);
        });
    }

    std::vector<std::string> seen;
};

/// Keeps account as the router's ledger does.
class CountingTracker : public DeliveryTracker
{
public:
    void hold(std::uint32_t record) override { ++held[record]; }
    void release(std::uint32_t record) override { --held[record]; }
    void dropped(const LogRecord &record, std::string_view, std::string_view reason) override
    {
        drops[record.trackerIndex] = reason;
    }

    int heldInAll() const
    {
        int sum = 0;
        for (const auto &[record, count] : held)
            sum += count;
        return sum;
    }

    std::map<std::uint32_t, int> held;
    std::map<std::uint32_t, std::string> drops;
};

/// Text of a file, its lines ended by "\n" whatever the system ends them by.
inline std::string contentOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return "<no file>";
    QByteArray content = file.readAll();
    return content.replace(QByteArrayView(NativeFile::newline.data(), NativeFile::newline.size()), "\n").toStdString();
}

inline void writeFile(const std::string &path, const std::string &content)
{
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content.data(), static_cast<qint64>(content.size()));
}

} // namespace sluice::test
