#include "chain/Ledger.h"

#include "format/Formatter.h"
#include "record/LogRecord.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::size_t maxSources = 4096;
constexpr std::size_t maxReasons = 64;
constexpr std::size_t maxSampleBytes = 200;

/// The beginning of a text, cut between characters.
std::string beginning(std::string_view text)
{
    if (text.size() <= maxSampleBytes)
        return std::string(text);
    std::size_t end = maxSampleBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return std::string(text.substr(0, end)) + "…";
}

} // namespace

SourceAccount::SourceAccount(std::string receiver, std::string peer)
{
    m_status.receiver = std::move(receiver);
    m_status.peer = std::move(peer);
}

void SourceAccount::accept(std::uint64_t records)
{
    const std::lock_guard lock(m_mutex);
    m_status.accepted += records;
    m_status.pending += records;
}

void SourceAccount::reject(std::string_view reason, std::string_view sample, std::uint64_t count)
{
    const std::lock_guard lock(m_mutex);
    m_status.rejected += count;
    if (!sample.empty() && reason.ends_with('.'))
        reason.remove_suffix(1);
    m_status.lastRejection = beginning(reason);
    if (!sample.empty())
        m_status.lastRejection += ": " + beginning(sample);
}

void SourceAccount::settle(std::uint64_t delivered, std::uint64_t dropped)
{
    const std::lock_guard lock(m_mutex);
    m_status.pending -= delivered + dropped;
    m_status.delivered += delivered;
    m_status.dropped += dropped;
}

void SourceAccount::unsettle()
{
    const std::lock_guard lock(m_mutex);
    --m_status.delivered;
    ++m_status.dropped;
}

void SourceAccount::addDrop(std::string_view node, std::string_view reason, std::string_view sample)
{
    const std::lock_guard lock(m_mutex);
    std::vector<DropStatus> &drops = m_status.drops;
    auto found = std::ranges::find_if(
        drops, [&](const DropStatus &drop) { return drop.node == node && drop.reason == reason; });
    if (found == drops.end()) {
        if (drops.size() >= maxReasons) {
            // Reasons can hold what a sender wrote; the last place takes all that are too many.
            drops.back().node.clear();
            drops.back().reason = "other reasons";
            found = drops.end() - 1;
        } else {
            found = drops.insert(drops.end(), {std::string(node), std::string(reason), 0, beginning(sample)});
        }
    }
    ++found->count;
}

SourceStatus SourceAccount::status() const
{
    const std::lock_guard lock(m_mutex);
    return m_status;
}

Delivery::Delivery(std::shared_ptr<SourceAccount> account, std::uint32_t records)
    : m_account(std::move(account)), m_records(records)
{
}

Delivery::Fate &Delivery::fate(std::uint32_t record)
{
    if (m_fates.empty()) {
        m_fates.resize(m_records);
        for (Fate &fate : m_fates)
            fate.settled = m_settled;
    }
    return m_fates[record];
}

void Delivery::hold(std::uint32_t record)
{
    const std::lock_guard lock(m_mutex);
    ++fate(record).holders;
}

void Delivery::release(std::uint32_t record)
{
    const std::lock_guard lock(m_mutex);
    Fate &one = fate(record);
    if (--one.holders > 0 || !m_settled || one.settled)
        return;
    one.settled = true;
    m_account->settle(one.dropped ? 0 : 1, one.dropped ? 1 : 0);
}

void Delivery::dropped(const LogRecord &record, std::string_view node, std::string_view reason)
{
    std::string message;
    if (!appendMessage(record, message))
        message = record.text(Attribute::Msg);
    m_account->addDrop(node, reason, message);

    const std::lock_guard lock(m_mutex);
    Fate &one = fate(record.trackerIndex);
    if (one.settled && !one.dropped)
        m_account->unsettle();
    one.dropped = true;
}

void Delivery::settle()
{
    const std::lock_guard lock(m_mutex);
    m_settled = true;
    std::uint64_t delivered = m_fates.empty() ? m_records : 0;
    std::uint64_t lost = 0;
    for (Fate &one : m_fates) {
        if (one.holders > 0)
            continue;
        one.settled = true;
        ++(one.dropped ? lost : delivered);
    }
    m_account->settle(delivered, lost);
}

std::shared_ptr<SourceAccount> Ledger::account(std::string_view receiver, std::string_view peer)
{
    const std::lock_guard lock(m_mutex);
    if (m_accounts.size() >= maxSources && !m_accounts.contains(std::pair<std::string, std::string>(receiver, peer)))
        peer = "others";
    std::shared_ptr<SourceAccount> &account = m_accounts[{std::string(receiver), std::string(peer)}];
    if (!account)
        account = std::make_shared<SourceAccount>(std::string(receiver), std::string(peer));
    return account;
}

std::vector<SourceStatus> Ledger::status() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<SourceStatus> all;
    for (const auto &[key, account] : m_accounts)
        all.push_back(account->status());
    return all;
}

SourceStatus RouterStatus::total() const
{
    SourceStatus sum;
    for (const SourceStatus &source : sources) {
        sum.accepted += source.accepted;
        sum.delivered += source.delivered;
        sum.pending += source.pending;
        sum.dropped += source.dropped;
        sum.rejected += source.rejected;
    }
    return sum;
}

} // namespace sluice
