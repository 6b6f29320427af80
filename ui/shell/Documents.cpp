#include "shell/Documents.h"

#include "shell/Session.h"

#include <algorithm>
#include <utility>

namespace sluice {

Documents::Documents(Session &session, QObject *parent)
    : QObject(parent), m_session(session), m_live(new Document(session.capture(), this))
{
    connect(&session, &Session::storeOpened, this, &Documents::take);
    connect(&session, &Session::recordsKept, this, [this](const QString &folder) {
        m_marksFile = std::make_unique<MarksFile>(m_live->marks(), m_session.capture(), folder + QStringLiteral(".marks"));
        connect(m_marksFile.get(), &MarksFile::failed, this, &Documents::said);
    });
}

Documents::~Documents()
{
    m_marksFile.reset();
    for (Document *document : m_files)
        m_session.release(document->store());
}

Document *Documents::of(const RecordStore *store) const
{
    const auto found = std::ranges::find_if(m_files, [&](const Document *file) { return file->store().get() == store; });
    return found == m_files.end() ? m_live : *found;
}

Document *Documents::find(const QString &path) const
{
    const auto found = std::ranges::find(m_files, path, &Document::path);
    return found == m_files.end() ? nullptr : *found;
}

Document *Documents::get(const QString &path, const TextFormatChoice &choice)
{
    if (Document *document = find(path))
        return document;
    auto *document = new Document(path, choice, this);
    m_files.push_back(document);
    m_session.openStore(path, choice);
    return document;
}

void Documents::reopen(Document *document, const TextFormatChoice &choice)
{
    if (document->isLive())
        return;
    std::shared_ptr<RecordStore> before = document->setOpening(choice);
    Q_EMIT storeReplaced(before, document);
    m_session.release(std::move(before));
    m_session.openStore(document->path(), choice);
}

void Documents::close(Document *document)
{
    if (std::erase(m_files, document) == 0)
        return;
    m_session.release(document->store());
    document->deleteLater();
}

void Documents::take(const OpenedStore &opened)
{
    Document *document = find(opened.path);
    if (!document && opened.store) {
        // The same file by another name.
        const auto same = std::ranges::find(m_files, opened.store, &Document::store);
        document = same == m_files.end() ? nullptr : *same;
    }
    if (!document && opened.byReader && opened.store) {
        document = new Document(opened.path, opened.choice, this);
        m_files.push_back(document);
    }
    if (!document) {
        m_session.release(opened.store);
        return;
    }
    // Opened once more by the reader: the tab that is there does.
    const bool isNews = document->state() != Document::State::Open;
    if (isNews && opened.store)
        replace(document, opened.store);
    else if (isNews)
        document->setMissing(opened.problem);
    else
        m_session.release(opened.store);
    if (opened.byReader)
        Q_EMIT shown(document);
}

void Documents::replace(Document *document, std::shared_ptr<RecordStore> store)
{
    std::shared_ptr<RecordStore> before = document->setStore(std::move(store));
    Q_EMIT storeReplaced(before, document);
    m_session.release(std::move(before));
}

} // namespace sluice
