#include "shell/DocumentBar.h"

#include "console/Words.h"
#include "look/Appearance.h"
#include "look/ElidedLabel.h"
#include "look/Icons.h"
#include "shell/Document.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>

namespace sluice {

namespace {

constexpr int progressWidth = 120;

} // namespace

DocumentBar::DocumentBar(Document *document, QWidget *parent)
    : QFrame(parent), m_document(document), m_kind(new ElidedLabel), m_work(new QLabel), m_progress(new QProgressBar),
      m_stop(new QToolButton), m_again(new QToolButton), m_format(new QToolButton)
{
    setObjectName(QStringLiteral("viewBar"));
    setAccessibleName(tr("About the file"));
    m_kind->setObjectName(QStringLiteral("secondary"));
    m_kind->setAccessibleName(tr("How the file is read"));
    m_kind->setTextFormat(Qt::PlainText);
    m_work->setObjectName(QStringLiteral("secondary"));
    m_work->setAccessibleName(tr("What goes on with the file"));
    m_progress->setObjectName(QStringLiteral("documentProgress"));
    m_progress->setAccessibleName(tr("Part of the file that is read"));
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 100);
    m_progress->setFixedSize(progressWidth, 8);
    for (QToolButton *button : {m_stop, m_again, m_format}) {
        button->setObjectName(QStringLiteral("flat"));
        button->setIconSize(QSize(12, 12));
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_stop->setIcon(themedIcon(QStringLiteral("close")));
    m_stop->setAccessibleName(tr("Stop going through the file"));
    m_stop->setToolTip(tr("Stop here: what is known stays, and nothing more is read"));
    m_again->setText(tr("Read it all"));
    m_again->setAccessibleName(tr("Read the file after all"));
    m_format->setText(tr("Format…"));
    m_format->setAccessibleName(tr("Choose the format"));
    m_format->setToolTip(tr("Read the file by another format (Ctrl+Shift+T)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 8, 2);
    layout->setSpacing(8);
    layout->addWidget(m_format);
    layout->addWidget(m_kind, 1);
    layout->addWidget(m_work);
    layout->addWidget(m_progress);
    layout->addWidget(m_stop);
    layout->addWidget(m_again);
    connect(m_stop, &QToolButton::clicked, document, &Document::stopWork);
    connect(m_again, &QToolButton::clicked, this, &DocumentBar::readAgainRequested);
    connect(m_format, &QToolButton::clicked, this, &DocumentBar::formatRequested);
    connect(document, &Document::changed, this, &DocumentBar::refresh);
    refresh();
}

QString DocumentBar::workInWords() const
{
    const int percent = static_cast<int>(m_document->indexed() * 100);
    switch (m_document->work()) {
    case Document::Work::None: return {};
    case Document::Work::Unpacking:
        return tr("Unpacking: %1 % of %2").arg(percent).arg(words::bytes(m_document->log()->progress().total));
    case Document::Work::Indexing:
        return m_document->log()
                   ? tr("Indexing: %1 % of %2").arg(percent).arg(words::bytes(m_document->log()->progress().total))
                   : tr("Opening…");
    case Document::Work::Counting: return tr("Counting levels and loggers…");
    case Document::Work::Stopped:
        if (m_document->log()->isPacked())
            return percent < 100 ? tr("Stopped at %1 %").arg(percent) : tr("Stopped");
        return percent < 100 ? tr("Stopped at %1 %; not followed").arg(percent) : tr("Stopped; not followed");
    }
    return {};
}

void DocumentBar::refresh()
{
    m_kind->setText(m_document->kindInWords());
    m_kind->setToolTip(m_document->about());
    const Document::Work work = m_document->work();
    const bool isOnTheWay = work == Document::Work::Unpacking || work == Document::Work::Indexing;
    const bool works = isOnTheWay || work == Document::Work::Counting;
    m_format->setVisible(m_document->log());
    m_work->setText(workInWords());
    m_work->setVisible(work != Document::Work::None);
    m_progress->setVisible(isOnTheWay && m_document->log());
    m_progress->setValue(static_cast<int>(m_document->indexed() * 100));
    m_stop->setVisible(works && m_document->log());
    m_again->setVisible(work == Document::Work::Stopped);
    // Without a parent it would be a window of its own.
    const bool isMissing = m_document->state() == Document::State::Missing;
    if (isMissing || parentWidget())
        setVisible(!isMissing);
}

} // namespace sluice
