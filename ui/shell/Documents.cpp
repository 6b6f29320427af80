#include "shell/Documents.h"

#include "shell/Session.h"
#include "shell/TapFeed.h"

#include <algorithm>
#include <utility>

namespace sluice {

Documents::Documents(Session &session, QObject *parent)
    : QObject(parent), m_session(session), m_live(new Document(session.capture(), this))
{
    connect(&session, &Session::storeOpened, this, &Documents::take);
    connect(&session, &Session::recordsKept, this, [this](const QString &folder) {
        m_marksFile = std::make_unique<MarksFile>(m_live->marks(), m_session.capture(), folder + QStringLiteral(".marks"));
        connect(m_marksFile.get(), &MarksFile::failed, m_live, &Document::tell);
    });
    connect(&session, &Session::said, m_live, &Document::tell);
}

Documents::~Documents()
{
    m_marksFile.reset();
    m_kept.clear();
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
    Document *document = add(path, choice);
    m_session.openStore(path, choice);
    return document;
}

Document *Documents::tap(const Wire &wire)
{
    if (Document *document = find(Document::pathOf(wire)))
        return document;
    if (std::ranges::count_if(m_files, [](const Document *file) { return file->tap() != nullptr; }) >= static_cast<std::ptrdiff_t>(maxTaps))
        return nullptr;
    auto *document = new Document(new TapFeed(m_session, wire, this), this);
    m_files.push_back(document);
    return document;
}

Document *Documents::add(const QString &path, const TextFormatChoice &choice)
{
    auto *document = new Document(path, choice, this);
    m_files.push_back(document);
    connect(document, &Document::changed, this, [this, document] { keepMarks(document); });
    return document;
}

const MarksFile *Documents::marksFileOf(const Document *document) const
{
    const auto kept = m_kept.find(document);
    return kept == m_kept.end() ? nullptr : kept->second.file.get();
}

void Documents::keepMarks(Document *document)
{
    const auto found = m_kept.find(document);
    if (found == m_kept.end() || found->second.file || found->second.path.isEmpty() ||
        document->work() == Document::Work::Unpacking || document->work() == Document::Work::Indexing)
        return;
    found->second.file = std::make_unique<MarksFile>(document->marks(), document->store(), found->second.path);
    connect(found->second.file.get(), &MarksFile::failed, document, &Document::tell);
}

void Documents::reopen(Document *document, const TextFormatChoice &choice)
{
    if (document->isLive() || document->tap())
        return;
    m_kept.erase(document); // before the marks go
    std::shared_ptr<RecordStore> before = document->setOpening(choice);
    Q_EMIT storeReplaced(before, document);
    m_session.release(std::move(before));
    m_session.openStore(document->path(), choice);
}

void Documents::close(Document *document)
{
    if (std::erase(m_files, document) == 0)
        return;
    m_kept.erase(document);
    if (document->tap())
        document->tap()->close();
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
    if (!document && opened.byReader && opened.store)
        document = add(opened.path, opened.choice);
    if (!document) {
        m_session.release(opened.store);
        return;
    }
    // Opened once more by the reader: the tab that is there does.
    const bool isNews = document->state() != Document::State::Open;
    if (isNews && opened.store)
        replace(document, opened);
    else if (isNews)
        document->setMissing(opened.problem);
    else
        m_session.release(opened.store);
    if (opened.byReader)
        Q_EMIT shown(document);
}

void Documents::replace(Document *document, const OpenedStore &opened)
{
    m_kept.erase(document);
    std::shared_ptr<RecordStore> before = document->setStore(opened.store);
    m_kept[document].path = opened.marks;
    keepMarks(document);
    Q_EMIT storeReplaced(before, document);
    m_session.release(std::move(before));
}

} // namespace sluice
