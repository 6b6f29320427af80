#include "shell/Document.h"

#include "capture/Capture.h"
#include "console/FrameClock.h"
#include "console/Marks.h"
#include "shell/TapFeed.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace sluice {

Document::Document(std::shared_ptr<RecordStore> live, QObject *parent)
    : QObject(parent), m_state(State::Live), m_marks(new Marks(this))
{
    replaceStore(std::move(live));
}

Document::Document(QString path, TextFormatChoice choice, QObject *parent)
    : QObject(parent), m_state(State::Opening), m_path(std::move(path)), m_choice(std::move(choice)), m_marks(new Marks(this))
{
    replaceStore(std::make_shared<Capture>());
}

Document::Document(TapFeed *feed, QObject *parent)
    : QObject(parent), m_state(State::Wire), m_path(pathOf(feed->wire())), m_marks(new Marks(this)), m_tap(feed)
{
    feed->setParent(this);
    connect(feed, &TapFeed::stateChanged, this, &Document::changed);
    replaceStore(feed->store());
}

Document::~Document() = default;

QString Document::pathOf(const Wire &wire)
{
    // No file's path has a NUL.
    const QStringList ends{QString::fromStdString(wire.from), QString::fromStdString(wire.port), QString::fromStdString(wire.to)};
    return QStringLiteral("wire") + QChar(0) + ends.join(QChar(0));
}

QString Document::name() const
{
    if (m_tap)
        return TapFeed::nameOf(m_tap->wire());
    const QString name = QFileInfo(m_path).fileName();
    return name.isEmpty() ? m_path : name;
}

std::shared_ptr<RecordStore> Document::replaceStore(std::shared_ptr<RecordStore> store)
{
    // Views of the old store may still ask the old clock for a tick, until they are deleted, before it.
    if (m_clock)
        m_clock->deleteLater();
    std::swap(m_store, store);
    m_log = dynamic_cast<LogFile *>(m_store.get());
    m_stopped = false;
    m_marks->clear();
    m_clock = new FrameClock(m_store, this);
    connect(m_clock, &FrameClock::tick, this, &Document::look);
    return store;
}

std::shared_ptr<RecordStore> Document::setStore(std::shared_ptr<RecordStore> store)
{
    m_state = State::Open;
    m_problem.clear();
    store = replaceStore(std::move(store));
    Q_EMIT changed();
    return store;
}

std::shared_ptr<RecordStore> Document::setOpening(TextFormatChoice choice)
{
    m_state = State::Opening;
    m_problem.clear();
    m_choice = std::move(choice);
    std::shared_ptr<RecordStore> before = replaceStore(std::make_shared<Capture>());
    Q_EMIT changed();
    return before;
}

void Document::setMissing(const QString &why)
{
    m_state = State::Missing;
    m_problem = why;
    Q_EMIT changed();
}

void Document::tell(const QString &sentence)
{
    constexpr std::size_t maxTold = 20;
    if (m_told.size() < maxTold && std::ranges::find(m_told, sentence) == m_told.end())
        m_told.push_back(sentence);
}

void Document::look()
{
    m_marks->removeBelow(m_store->figures().firstRow);
    if (!m_log)
        return;
    const TextFormatPtr format = m_log->format();
    const int percent = static_cast<int>(indexed() * 100);
    if (work() == m_seenWork && percent == m_seenPercent && format->name() == m_seenFormat)
        return;
    m_seenWork = work();
    m_seenPercent = percent;
    m_seenFormat = format->name();
    Q_EMIT changed();
}

QString Document::kindInWords() const
{
    if (m_state != State::Open)
        return {};
    if (!m_log)
        return tr("Saved capture");
    const QString format = QString::fromStdString(m_log->format()->title());
    return m_log->isPacked() ? tr("Packed · %1").arg(format) : format;
}

QString Document::about() const
{
    if (m_tap)
        return tr("What passes from %1 to %2")
            .arg(QString::fromStdString(m_tap->wire().from), QString::fromStdString(m_tap->wire().to));
    QStringList lines{QDir::toNativeSeparators(m_path)};
    if (m_state == State::Missing)
        lines << m_problem;
    else if (const QString why = m_log ? QString::fromStdString(m_log->explanation()) : QString(); !why.isEmpty())
        lines << why;
    else if (m_state == State::Open)
        lines << kindInWords();
    return lines.join(QLatin1Char('\n'));
}

Document::Work Document::work() const
{
    if (m_state == State::Opening)
        return Work::Indexing;
    if (!m_log)
        return Work::None;
    if (m_stopped)
        return Work::Stopped;
    const LogFile::Progress progress = m_log->progress();
    if (progress.isUnpacking)
        return Work::Unpacking;
    if (!progress.isIndexed)
        return Work::Indexing;
    return progress.isSummarized ? Work::None : Work::Counting;
}

double Document::indexed() const
{
    if (!m_log)
        return m_state == State::Open ? 1 : 0;
    const LogFile::Progress progress = m_log->progress();
    return progress.total == 0 ? 1 : static_cast<double>(progress.bytes) / static_cast<double>(progress.total);
}

void Document::stopWork()
{
    if (!m_log)
        return;
    m_log->cancel();
    m_stopped = true;
    m_clock->request();
    Q_EMIT changed();
}

} // namespace sluice
