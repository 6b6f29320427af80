#include "shell/DocumentNotice.h"

#include "shell/Document.h"
#include "shell/TapFeed.h"

#include <QPushButton>

namespace sluice {

DocumentNotice::DocumentNotice(Document *document, QWidget *parent) : Notice(parent), m_document(document)
{
    setObjectName(QStringLiteral("documentNotice"));
    button()->setText(tr("Try again"));
    connect(button(), &QPushButton::clicked, this, &DocumentNotice::retryRequested);
    connect(document, &Document::changed, this, &DocumentNotice::refresh);
    refresh();
}

void DocumentNotice::refresh()
{
    const QString name = m_document->name().left(80);
    if (const TapFeed *tap = m_document->tap()) {
        const bool isGone = tap->state() == TapFeed::State::Gone;
        setWords(isGone ? tr("The wire %1 is gone").arg(name) : tr("Nothing has passed %1 yet").arg(name),
                 isGone ? tr("The chain that runs has none here any more.") : tr("What passes this wire from now on appears here."));
        button()->hide();
        return;
    }
    const bool isMissing = m_document->state() == Document::State::Missing;
    if (isMissing)
        setWords(tr("%1 cannot be opened").arg(name), m_document->problem());
    else if (m_document->work() == Document::Work::Indexing)
        setWords(tr("Opening %1…").arg(name), m_document->path());
    else
        setWords(tr("%1 is empty").arg(name),
                 m_document->log() ? tr("What is written to it appears here.") : tr("The capture holds no records."));
    button()->setVisible(isMissing);
}

} // namespace sluice
