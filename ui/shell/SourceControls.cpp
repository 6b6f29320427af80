#include "shell/SourceControls.h"

#include "console/ConsoleView.h"
#include "console/SourceList.h"
#include "console/SourceListModel.h"

#include <algorithm>

namespace sluice {

SourceControls::SourceControls(SourceList *list, SourceListModel *model, QObject *parent)
    : QObject(parent), m_model(model)
{
    connect(list, &SourceList::muteRequested, this, &SourceControls::mute);
    connect(list, &SourceList::aloneRequested, this, &SourceControls::showAlone);
    connect(list, &SourceList::allRequested, this, &SourceControls::showAll);
}

void SourceControls::setView(ConsoleView *view)
{
    if (m_view)
        disconnect(m_view, nullptr, this, nullptr);
    m_view = view;
    if (!view)
        return;
    connect(view, &ConsoleView::filterChanged, this, &SourceControls::show);
    show();
}

void SourceControls::show() { m_model->setFilter(m_view->filter().sources, m_view->filter().mutedSources); }

void SourceControls::mute(std::uint32_t source, bool muted)
{
    if (!m_view)
        return;
    CaptureFilter filter = m_view->filter();
    std::erase(filter.mutedSources, source);
    if (muted)
        filter.mutedSources.push_back(source);
    else if (!filter.sources.empty() && std::ranges::find(filter.sources, source) == filter.sources.end())
        filter.sources.push_back(source); // beside those that were shown alone
    std::ranges::sort(filter.mutedSources);
    std::ranges::sort(filter.sources);
    m_view->setFilter(std::move(filter));
}

void SourceControls::showAlone(std::uint32_t source)
{
    if (!m_view)
        return;
    CaptureFilter filter = m_view->filter();
    const bool wasAlone = filter.sources == std::vector{source};
    filter.sources.clear();
    if (!wasAlone)
        filter.sources.push_back(source);
    std::erase(filter.mutedSources, source);
    m_view->setFilter(std::move(filter));
}

void SourceControls::showAll()
{
    if (!m_view)
        return;
    CaptureFilter filter = m_view->filter();
    filter.sources.clear();
    filter.mutedSources.clear();
    m_view->setFilter(std::move(filter));
}

} // namespace sluice
