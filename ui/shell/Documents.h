#pragma once

#include "shell/Document.h"
#include "shell/MarksFile.h"

#include <map>
#include <memory>
#include <vector>

namespace sluice {

class Session;
struct OpenedStore;

/// The live capture, and the files and wires that are open beside it. Files are opened and let go by the session's thread. For the
/// UI thread.
class Documents : public QObject
{
    Q_OBJECT

public:
    /// The session outlives it.
    Documents(Session &session, QObject *parent);
    ~Documents() override;

    Document *live() const { return m_live; }
    /// Of files and wires, in the order they were opened.
    const std::vector<Document *> &files() const { return m_files; }
    /// Null as long as the live records' marks are not kept.
    const MarksFile *marksFile() const { return m_marksFile.get(); }
    /// Null as long as those of a file are not kept.
    const MarksFile *marksFileOf(const Document *document) const;
    /// The one whose store that is; the live one where it is nobody's.
    Document *of(const RecordStore *store) const;

    /// The document of a file: the one there is, or one that is being opened from now on.
    Document *get(const QString &path, const TextFormatChoice &choice);
    /// The document of a wire of the project's chain: the one there is, or a new one. Null if there are too many.
    Document *tap(const Wire &wire);
    static constexpr std::size_t maxTaps = 16;
    /// Opens a file again: one that was missing, or by another format.
    void reopen(Document *document, const TextFormatChoice &choice);
    /// Lets go of a file or a wire that no view shows any more.
    void close(Document *document);

Q_SIGNALS:
    /// The reader opened a file, which may have been open before.
    void shown(Document *document);
    /// Views of a document's store are to be replaced by views of its store of now.
    void storeReplaced(const std::shared_ptr<RecordStore> &before, Document *document);

private:
    /// Marks of a file.
    struct Kept
    {
        QString path; ///< of the marks; empty: they are not kept
        std::unique_ptr<MarksFile> file;
    };

    void take(const OpenedStore &opened);
    Document *add(const QString &path, const TextFormatChoice &choice);
    /// Once its rows are known.
    void keepMarks(Document *document);
    Document *find(const QString &path) const;
    void replace(Document *document, const OpenedStore &opened);

    Session &m_session;
    Document *m_live;
    std::vector<Document *> m_files;
    std::unique_ptr<MarksFile> m_marksFile; ///< of the live one, while its records are kept
    std::map<const Document *, Kept> m_kept;
};

} // namespace sluice
