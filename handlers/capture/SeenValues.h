#pragma once

#include "capture/RecordStore.h"
#include "filter/ExpressionField.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sluice {

/// Names of extra fields and values of fields that a store's newest records have, for completion. They are
/// collected by a thread of its own, which sleeps until it is asked. Any thread may ask; nobody waits.
class SeenValues
{
public:
    /// Looked at, from the newest record back.
    static constexpr std::uint64_t maxRows = 20'000;
    static constexpr std::size_t maxNames = 500;
    static constexpr std::size_t maxValues = 200;
    /// Longer ones are nothing to choose from a list.
    static constexpr std::size_t maxValueBytes = 200;
    static constexpr std::size_t maxDepth = 4;

    /// `waker` is called by the thread whenever something that was asked for has been collected.
    SeenValues(std::shared_ptr<const RecordStore> store, std::function<void()> waker);
    ~SeenValues();
    SeenValues(const SeenValues &) = delete;
    SeenValues &operator=(const SeenValues &) = delete;

    /// Names of extra fields as an expression names them, nested ones with dots; the commonest first. What is
    /// known by now: if there are newer records, they are looked at.
    std::vector<std::string> names();
    /// The same for values of a field, as text.
    std::vector<std::string> values(const ExpressionField &field);

private:
    static constexpr std::size_t maxKept = 64; ///< lists

    struct List
    {
        std::vector<std::string> texts;
        std::uint64_t endRow = 0; ///< of the store when it was collected
        bool isAsked = false;
    };
    /// Commonest first; bounded.
    using Counts = std::map<std::string, std::uint64_t, std::less<>>;

    std::vector<std::string> ask(const std::string &key, const ExpressionField *field);
    void run();
    std::vector<std::string> collect(const std::string &key, const ExpressionField &field) const;
    static std::vector<std::string> ordered(const Counts &counts, std::size_t most);

    const std::shared_ptr<const RecordStore> m_store;
    const std::function<void()> m_waker;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::string, List> m_lists; ///< by the field's print(); that of the names has the empty key
    std::map<std::string, ExpressionField> m_asked;
    bool m_stopping = false;
    std::atomic<bool> m_ending{false};
    std::thread m_thread;
};

} // namespace sluice
