#include "shell/TapBar.h"

#include "console/Words.h"
#include "look/ElidedLabel.h"
#include "shell/Document.h"
#include "shell/TapFeed.h"

#include <QHBoxLayout>
#include <QLabel>

namespace sluice {

namespace {

constexpr int countMilliseconds = 500;

} // namespace

TapBar::TapBar(Document *document, QWidget *parent)
    : QFrame(parent), m_document(document), m_what(new ElidedLabel), m_warning(new QLabel)
{
    setObjectName(QStringLiteral("viewBar"));
    setAccessibleName(tr("About the wire"));
    m_what->setObjectName(QStringLiteral("secondary"));
    m_what->setAccessibleName(tr("What of the wire is shown"));
    m_what->setTextFormat(Qt::PlainText);
    m_warning->setObjectName(QStringLiteral("problem"));
    m_warning->setAccessibleName(tr("What is wrong with the wire"));
    m_warning->setTextFormat(Qt::PlainText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 4);
    layout->setSpacing(12);
    layout->addWidget(m_what, 1);
    layout->addWidget(m_warning);
    connect(document, &Document::changed, this, &TapBar::refresh);
    connect(&m_counting, &QTimer::timeout, this, &TapBar::refresh);
    m_counting.start(countMilliseconds);
    refresh();
}

QString TapBar::sentence() const
{
    const TapFeed &feed = *m_document->tap();
    const WireTap::Figures figures = feed.figures();
    const RecordStore::Figures kept = m_document->store()->figures();
    QString text = tr("What passes from %1 to %2, since %3 · %4")
                       .arg(words::fromUtf8(feed.wire().from, 80), words::fromUtf8(feed.wire().to, 80),
                            feed.since().toString(QStringLiteral("HH:mm:ss")),
                            words::counted(figures.shown, tr("record"), tr("records")));
    if (kept.evicted > 0)
        text += tr(" · the newest %1 are kept").arg(words::count(kept.endRow - kept.firstRow));
    return text;
}

QString TapBar::warning() const
{
    const TapFeed &feed = *m_document->tap();
    if (feed.state() == TapFeed::State::Gone)
        return tr("The wire is gone: the chain that runs has none here any more");
    if (feed.state() == TapFeed::State::Stopped)
        return tr("The chain is stopped");
    if (const std::uint64_t missed = feed.figures().missed; missed > 0)
        return tr("%1 not shown: they pass too fast to be looked at").arg(words::count(missed));
    return {};
}

void TapBar::refresh()
{
    m_what->setText(sentence());
    m_what->setToolTip(sentence());
    m_warning->setText(warning());
    // Without a parent it would be a window of its own.
    if (m_warning->parentWidget())
        m_warning->setVisible(!warning().isEmpty());
}

} // namespace sluice
