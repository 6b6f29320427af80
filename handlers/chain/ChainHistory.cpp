#include "chain/ChainHistory.h"

#include <algorithm>
#include <iterator>

namespace sluice {

ChainHistory::ChainHistory(Chain chain) : m_chain(std::move(chain)) {}

void ChainHistory::replace(Chain chain)
{
    m_chain = std::move(chain);
    m_steps.clear();
    m_done = 0;
    m_saved = 0;
    m_isMergeable = false;
    for (ChainObserver *observer : m_observers)
        observer->chainReplaced();
    tellHistory();
}

void ChainHistory::addObserver(ChainObserver *observer) { m_observers.push_back(observer); }
void ChainHistory::removeObserver(ChainObserver *observer) { std::erase(m_observers, observer); }

void ChainHistory::tellHistory()
{
    for (ChainObserver *observer : m_observers)
        observer->historyChanged();
}

ChainHistory::Step::Step(ChainHistory &history, std::string words, std::string merge) : m_history(history)
{
    if (m_history.m_depth++ == 0)
        m_history.m_open = {std::move(words), std::move(merge), {}};
}

ChainHistory::Step::~Step()
{
    if (--m_history.m_depth == 0)
        m_history.finishStep();
}

void ChainHistory::make(const ChainEdit &edit)
{
    m_chain.apply(edit);
    for (ChainObserver *observer : m_observers)
        observer->chainEdited(edit);
}

void ChainHistory::perform(ChainEdit edit)
{
    make(edit);
    m_open.edits.push_back(std::move(edit));
}

void ChainHistory::finishStep()
{
    if (m_open.edits.empty())
        return;
    const bool merges = m_isMergeable && !m_open.merge.empty() && m_done > 0 && m_done == m_steps.size() &&
                        m_saved != m_done && m_steps.back().merge == m_open.merge;
    if (merges) {
        std::ranges::move(m_open.edits, std::back_inserter(m_steps.back().edits));
    } else {
        if (m_saved && *m_saved > m_done)
            m_saved.reset();
        m_steps.resize(m_done);
        m_steps.push_back(std::move(m_open));
        ++m_done;
    }
    m_open = {};
    m_isMergeable = true;
    tellHistory();
}

void ChainHistory::undo()
{
    if (!canUndo())
        return;
    const std::vector<ChainEdit> &edits = m_steps[--m_done].edits;
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
        make(inverseOf(*edit));
    m_isMergeable = false;
    tellHistory();
}

void ChainHistory::redo()
{
    if (!canRedo())
        return;
    for (const ChainEdit &edit : m_steps[m_done++].edits)
        make(edit);
    m_isMergeable = false;
    tellHistory();
}

void ChainHistory::setSaved()
{
    m_saved = m_done;
    tellHistory();
}

void ChainHistory::setUnsaved()
{
    m_saved.reset();
    tellHistory();
}

} // namespace sluice
