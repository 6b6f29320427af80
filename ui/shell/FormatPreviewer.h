#pragma once

#include "base/CallQueue.h"
#include "capture/Severity.h"
#include "text/TextFormats.h"

#include <QObject>
#include <QString>

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace sluice {

/// What a format makes of the first lines of a text.
struct FormatPreview
{
    struct Row
    {
        QString time; ///< local; as the text says it, to the microsecond
        QString level;
        QString logger;
        QString message; ///< first line
        Severity severity = Severity::Info;
        bool isRead = false; ///< whether it is of the format
    };
    /// Why there is no format: a sentence about what was chosen; empty if there is one.
    QString formatProblem;
    bool isTimeProblem = false; ///< and it is about the time format
    /// Why there are no lines; empty if there are.
    QString textProblem;
    QString title;       ///< of the format
    QString explanation; ///< why that one, if it was recognised
    std::vector<Row> rows;
    std::size_t unread = 0; ///< rows that are not of the format
};

/// Reads the first lines of a text with a format, on a thread of its own. Only what was asked for last is answered. For the
/// UI thread.
class FormatPreviewer : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QString path; ///< absolute, with wildcards: of the first file that is there
        QString text; ///< instead of a file, if there is no path
        TextFormatChoice choice;
    };

    explicit FormatPreviewer(QObject *parent = nullptr);
    /// Waits for what is being read.
    ~FormatPreviewer() override;

    void request(Request request);
    /// Reads and parses here and now.
    static FormatPreview read(const Request &request);

Q_SIGNALS:
    void ready(const FormatPreview &preview);

private:
    void work();

    CallQueue m_answers;
    std::uint64_t m_asked = 0;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Request> m_next;
    std::uint64_t m_number = 0; ///< of m_next
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace sluice
