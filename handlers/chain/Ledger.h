#pragma once

#include "base/StringHash.h"
#include "chain/RouterStatus.h"
#include "record/DeliveryTracker.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What became of the records of one source. Thread-safe.
class SourceAccount
{
public:
    SourceAccount(std::string receiver, std::string peer);

    void accept(std::uint64_t records);
    void reject(std::string_view reason, std::string_view sample, std::uint64_t count = 1);
    /// Records that were pending and have come to an end.
    void settle(std::uint64_t delivered, std::uint64_t dropped);
    /// A record that had been delivered was lost after all.
    void unsettle();
    void addDrop(std::string_view node, std::string_view reason, std::string_view sample);

    SourceStatus status() const;
    /// Fixed when it was made: no lock is taken.
    RecordOrigin origin() const { return {m_status.receiver, m_status.peer}; }

private:
    mutable std::mutex m_mutex;
    SourceStatus m_status;
};

/// The records of one batch on their way: follows each until it is delivered everywhere, or lost somewhere.
/// A record counts once, whatever number of nodes it passes: dropped if any node dropped it, pending while
/// a node holds it.
class Delivery : public DeliveryTracker
{
public:
    Delivery(std::shared_ptr<SourceAccount> account, std::uint32_t records);

    RecordOrigin origin() const override { return m_account->origin(); }
    void hold(std::uint32_t record) override;
    void release(std::uint32_t record) override;
    void dropped(const LogRecord &record, std::string_view node, std::string_view reason) override;

    /// The router has taken the batch through the chain: what no node holds has come to its end.
    void settle();

private:
    struct Fate
    {
        std::uint16_t holders = 0;
        bool dropped = false;
        bool settled = false;
    };

    Fate &fate(std::uint32_t record);

    const std::shared_ptr<SourceAccount> m_account;
    const std::uint32_t m_records;
    std::mutex m_mutex;
    /// Empty as long as nothing but delivery has happened to any record of the batch.
    std::vector<Fate> m_fates;
    bool m_settled = false;
};

/// The accounts of all sources of a router. Thread-safe.
class Ledger
{
public:
    /// The account of a source; made when it is first asked for. Beyond a number of peers that only an attack
    /// has, further ones of a receiver share one account.
    std::shared_ptr<SourceAccount> account(std::string_view receiver, std::string_view peer);

    std::vector<SourceStatus> status() const;

private:
    mutable std::mutex m_mutex;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<SourceAccount>, std::less<>> m_accounts;
};

} // namespace sluice
