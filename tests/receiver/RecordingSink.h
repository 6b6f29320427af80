#pragma once

#include "format/Formatter.h"
#include "receiver/Receiver.h"
#include "wire/JsonWriter.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

/// Keeps what a receiver gives it, as JSON, and can be told to be full or stopped.
class RecordingSink final : public sluice::RecordSink
{
public:
    bool accept(std::shared_ptr<sluice::LogRecordBatch> batch, std::string_view peer) override
    {
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return !m_full || m_stopped; });
        --m_waiting;
        if (m_stopped)
            return false;
        for (const sluice::LogRecord &record : std::as_const(*batch).records()) {
            std::string json;
            sluice::appendJson(record, json);
            m_records.push_back(std::move(json));
            std::string message;
            if (const sluice::Status status = sluice::appendMessage(record, message); !status)
                message = "error: " + status.error().text;
            m_messages.push_back(std::move(message));
        }
        m_peers.emplace_back(peer);
        m_changed.notify_all();
        return true;
    }

    void reject(std::string_view peer, std::string_view reason, std::string_view sample) override
    {
        const std::lock_guard lock(m_mutex);
        m_rejections.push_back(std::string(reason) + "|" + std::string(sample));
        m_peers.emplace_back(peer);
        m_changed.notify_all();
    }

    void setFault(std::string_view sentence) override
    {
        const std::lock_guard lock(m_mutex);
        m_faults.emplace_back(sentence);
        m_changed.notify_all();
    }

    void finished() override
    {
        const std::lock_guard lock(m_mutex);
        m_finished = true;
        m_changed.notify_all();
    }

    void setFull(bool full)
    {
        const std::lock_guard lock(m_mutex);
        m_full = full;
        m_changed.notify_all();
    }

    void stop()
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        m_changed.notify_all();
    }

    bool waitForRecords(std::size_t count)
    {
        return waitFor([&] { return m_records.size() >= count; });
    }
    /// For a record with this message.
    bool waitForMessage(std::string_view message)
    {
        return waitFor([&] { return std::ranges::find(m_messages, message) != m_messages.end(); });
    }
    bool waitForRejections(std::size_t count)
    {
        return waitFor([&] { return m_rejections.size() >= count; });
    }
    bool waitForFaults(std::size_t count)
    {
        return waitFor([&] { return m_faults.size() >= count; });
    }
    bool waitUntilWaiting()
    {
        return waitFor([&] { return m_waiting > 0; });
    }
    bool waitUntilFinished()
    {
        return waitFor([&] { return m_finished; });
    }

    std::vector<std::string> records() const { return copy(m_records); }
    /// What Python's getMessage() gives for each.
    std::vector<std::string> messages() const { return copy(m_messages); }
    std::vector<std::string> rejections() const { return copy(m_rejections); }
    std::vector<std::string> peers() const { return copy(m_peers); }
    std::vector<std::string> faults() const { return copy(m_faults); }
    bool isWaiting() const
    {
        const std::lock_guard lock(m_mutex);
        return m_waiting > 0;
    }
    bool isFinished() const
    {
        const std::lock_guard lock(m_mutex);
        return m_finished;
    }

private:
    template<typename Condition>
    bool waitFor(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(60), condition);
    }

    std::vector<std::string> copy(const std::vector<std::string> &list) const
    {
        const std::lock_guard lock(m_mutex);
        return list;
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::string> m_records;
    std::vector<std::string> m_messages;
    std::vector<std::string> m_rejections;
    std::vector<std::string> m_peers;
    std::vector<std::string> m_faults;
    int m_waiting = 0;
    bool m_full = false;
    bool m_stopped = false;
    bool m_finished = false;
};
