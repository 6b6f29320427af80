#include "shell/FormatPreviewer.h"

#include "base/FileReader.h"
#include "console/Words.h"
#include "receiver/PathPattern.h"
#include "text/TextFormatRecognizer.h"
#include "text/TextPreview.h"
#include "text/TimePattern.h"
#include "wire/PackedReader.h"

#include <QDateTime>
#include <QFileInfo>

#include <utility>

namespace sluice {

namespace {

constexpr std::size_t maxRows = 100;
constexpr qsizetype maxText = 2000;

/// The beginning of the first file that a pattern means, whole lines only.
Result<std::string> beginningOf(const std::string &pattern, bool &isWhole, Nanoseconds &modified)
{
    const std::vector<std::string> paths = PathPattern(pattern).expand(1);
    if (paths.empty())
        return Error{"No file has such a name yet."};
    if (!files::exists(paths.front()))
        return Error{"There is no file " + paths.front() + " yet."};
    if (QFileInfo(QString::fromStdString(paths.front())).isDir())
        return Error{paths.front() + " is a folder."};
    auto file = FileReader::open(paths.front());
    if (!file)
        return file.error();
    auto read = PackedReader::beginning(std::move(*file), TextFormatRecognizer::sampleBytes);
    if (!read)
        return read.error();
    std::string text = std::move(*read);
    isWhole = text.size() < TextFormatRecognizer::sampleBytes;
    if (const std::size_t end = text.rfind('\n'); !isWhole && end != std::string::npos)
        text.resize(end + 1);
    if (const auto time = files::modified(paths.front()))
        modified = *time * nanosecondsPerSecond;
    return text;
}

/// "2026-10-11 20:14:15.123 UTC" as a clock here shows it.
QString localTime(const std::string &utc)
{
    const QString text = QString::fromStdString(utc);
    QDateTime time = QDateTime::fromString(text.left(19), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    if (!time.isValid())
        return text;
    time.setTimeSpec(Qt::UTC);
    // Thousandths at least, so that rows line up.
    const QString fraction = text.mid(19).section(QLatin1Char(' '), 0, 0).mid(1).leftJustified(3, QLatin1Char('0'));
    return time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.")) + fraction.left(6);
}

FormatPreview::Row rowOf(const TextPreview::Record &record)
{
    FormatPreview::Row row;
    row.isRead = record.isRead;
    for (const auto &[name, value] : record.values) {
        if (name == "created")
            row.time = localTime(value);
        else if (name == "levelname")
            row.level = words::fromUtf8(value, maxText);
        else if (name == "levelno")
            row.severity = severityOf(QString::fromStdString(value).toInt());
        else if (name == "name")
            row.logger = words::fromUtf8(value, maxText);
        else if (name == "msg")
            row.message = words::fromUtf8(words::firstLine(value), maxText);
    }
    return row;
}

} // namespace

FormatPreviewer::FormatPreviewer(QObject *parent) : QObject(parent), m_thread([this] { work(); }) {}

FormatPreviewer::~FormatPreviewer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void FormatPreviewer::request(Request request)
{
    {
        const std::lock_guard lock(m_mutex);
        m_next = std::move(request);
        m_number = ++m_asked;
    }
    m_changed.notify_one();
}

void FormatPreviewer::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || m_next; });
        if (m_stopping)
            return;
        const Request request = *std::exchange(m_next, std::nullopt);
        const std::uint64_t number = m_number;
        lock.unlock();
        FormatPreview preview = read(request);
        m_answers.post([this, number, preview = std::move(preview)] {
            if (number == m_asked)
                Q_EMIT ready(preview);
        });
        lock.lock();
    }
}

FormatPreview FormatPreviewer::read(const Request &request)
{
    FormatPreview preview;
    const auto chosen = textFormats::create(request.choice);
    if (!chosen) {
        preview.formatProblem = QString::fromStdString(chosen.error().text);
        preview.isTimeProblem = !request.choice.timeFormat.empty() && !TimePattern::create(request.choice.timeFormat).ok();
        return preview;
    }
    TextFormatPtr format = *chosen;
    bool isWhole = true;
    Nanoseconds modified = wallClock();
    std::string text = request.text.toStdString();
    if (!request.path.isEmpty()) {
        auto beginning = beginningOf(request.path.toStdString(), isWhole, modified);
        if (beginning)
            text = std::move(*beginning);
        else
            preview.textProblem = QString::fromStdString(beginning.error().text);
    } else if (text.empty()) {
        preview.textProblem = tr("There are no lines to try it on yet.");
    }
    if (!format && !text.empty()) {
        const TextFormatRecognizer::Answer answer = TextFormatRecognizer::recognize(text, isWhole);
        format = answer.format;
        preview.explanation = QString::fromStdString(answer.explanation);
    }
    if (!format)
        return preview;
    preview.title = QString::fromStdString(format->title());
    TextContext context;
    context.reference = context.lastTime = modified;
    const TextPreview read = parsePreview(*format, text, std::move(context), maxRows);
    for (const TextPreview::Record &record : read.records)
        preview.rows.push_back(rowOf(record));
    preview.unread = read.unread;
    return preview;
}

} // namespace sluice
