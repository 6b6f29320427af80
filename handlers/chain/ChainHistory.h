#pragma once

#include "chain/Chain.h"
#include "chain/ChainObserver.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

/// A chain and the steps that made it what it is, each of which can be undone and redone. Undoing restores the chain exactly, to
/// the order in its lists. What the steps are is ChainEditor's. For one thread.
class ChainHistory
{
public:
    ChainHistory(const ChainHistory &) = delete;
    ChainHistory &operator=(const ChainHistory &) = delete;

    const Chain &chain() const { return m_chain; }
    /// Another chain, with nothing to undo. It counts as saved.
    void replace(Chain chain);

    /// Observers are told in the order in which they came, and leave before they die.
    void addObserver(ChainObserver *observer);
    void removeObserver(ChainObserver *observer);

    /// What is done while it lives is one step, with these words. Within another it adds to that one's.
    class Step
    {
    public:
        /// Steps with the same `merge`, if it is not empty, that follow one another become one: the letters typed into a
        /// field, a node moved key by key. See endMerging().
        Step(ChainHistory &history, std::string words, std::string merge = {});
        ~Step();
        Step(const Step &) = delete;
        Step &operator=(const Step &) = delete;

    private:
        ChainHistory &m_history;
    };

    bool canUndo() const { return m_done > 0; }
    bool canRedo() const { return m_done < m_steps.size(); }
    void undo();
    void redo();
    /// "Add FileHandler"; empty if there is nothing.
    std::string undoWords() const { return canUndo() ? m_steps[m_done - 1].words : std::string(); }
    std::string redoWords() const { return canRedo() ? m_steps[m_done].words : std::string(); }
    /// The next step is one of its own, whatever it would merge with.
    void endMerging() { m_isMergeable = false; }

    /// Whether the chain is another than the one that was saved.
    bool isModified() const { return m_saved != m_done; }
    void setSaved();
    /// The chain is not what is in any file, whatever is undone: it was recovered, or imported.
    void setUnsaved();

protected:
    explicit ChainHistory(Chain chain);
    ~ChainHistory() = default;

    /// Makes a change, as part of the step that is open.
    void perform(ChainEdit edit);

private:
    struct Record
    {
        std::string words;
        std::string merge;
        std::vector<ChainEdit> edits;
    };

    void make(const ChainEdit &edit);
    void finishStep();
    void tellHistory();

    Chain m_chain;
    std::vector<ChainObserver *> m_observers;
    std::vector<Record> m_steps;
    std::size_t m_done = 0;                 ///< so many of them
    std::optional<std::size_t> m_saved = 0; ///< `m_done` when it was saved; none once that cannot come back
    bool m_isMergeable = false;             ///< the last step may grow
    int m_depth = 0;                        ///< of open steps
    Record m_open;
};

} // namespace sluice
