#include "shell/DocumentNotice.h"

#include "shell/Document.h"

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
