#pragma once

#include <QObject>
#include <QString>

#include <set>
#include <utility>

namespace sluice {

class Document;
class Documents;
class ProblemBanner;

/// Tells what is wrong with the live capture or a file, and what was lost to damage and where, and what is said of what is kept beside them: each sentence once, until the
/// reader closes it.
class StoreNotices : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    StoreNotices(Documents *documents, ProblemBanner *banner, QObject *parent);

    /// Looks for news, a few times a second.
    void refresh();

private:
    using Told = std::pair<const Document *, std::string>;

    Documents *const m_documents;
    ProblemBanner *const m_banner;
    std::set<Told> m_closed;
    Told m_shown{nullptr, {}};
};

} // namespace sluice
