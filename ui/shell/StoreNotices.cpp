#include "shell/StoreNotices.h"

#include "shell/Documents.h"
#include "shell/ProblemBanner.h"

#include <algorithm>

namespace sluice {

StoreNotices::StoreNotices(Documents *documents, ProblemBanner *banner, QObject *parent)
    : QObject(parent), m_documents(documents), m_banner(banner)
{
    connect(banner, &ProblemBanner::closed, this, [this] {
        m_closed.insert(m_shown);
        m_shown = {nullptr, {}};
        refresh();
    });
}

void StoreNotices::refresh()
{
    std::vector<Document *> all{m_documents->live()};
    all.insert(all.end(), m_documents->files().begin(), m_documents->files().end());
    std::vector<Told> now;
    for (const Document *document : all) {
        const RecordStore::Figures figures = document->store()->figures();
        for (const std::string &sentence : {figures.damage, figures.fault}) {
            if (!sentence.empty())
                now.emplace_back(document, sentence);
        }
        for (const QString &sentence : document->told())
            now.emplace_back(document, sentence.toStdString());
    }
    // A file that was let go, and what is mended, may be told anew.
    std::erase_if(m_closed, [&](const Told &told) { return std::ranges::find(now, told) == now.end(); });
    if (std::ranges::find(now, m_shown) != now.end())
        return;
    const auto next = std::ranges::find_if(now, [&](const Told &told) { return !m_closed.contains(told); });
    if (next == now.end()) {
        if (m_shown.first)
            m_banner->hide();
        m_shown = {nullptr, {}};
        return;
    }
    m_shown = *next;
    const QString sentence = QString::fromStdString(next->second);
    m_banner->showProblems(next->first->isLive() ? sentence : tr("%1: %2").arg(next->first->name().left(80), sentence), {});
}

} // namespace sluice
