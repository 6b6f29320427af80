#include "handler/RehearsedOutput.h"

#include "node/NodeGuarantee.h"

#include <utility>

namespace sluice {

void RehearsedOutput::setPiece(std::string one, std::string many)
{
    m_one = std::move(one);
    m_many = std::move(many);
}

void RehearsedOutput::add(Nanoseconds time, std::size_t records, std::string_view bytes, std::string_view title)
{
    if (m_pieces++ == 0)
        m_firstTime = time;
    m_lastTime = time;
    m_records += records;
    m_bytes += bytes.size();
    for (const char c : bytes) // FNV-1a
        m_digest = (m_digest ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    const auto fill = [&](Sample &sample) {
        sample.time = time;
        sample.title = title;
        sample.bytes = bytes.substr(0, maxSampleBytes);
        sample.isCut = bytes.size() > maxSampleBytes;
    };
    if (m_first.size() < maxSamples) {
        fill(m_first.emplace_back());
        return;
    }
    // The oldest of the last makes room, and its memory is used again.
    Sample sample;
    if (m_last.size() == maxSamples) {
        sample = std::move(m_last.front());
        m_last.pop_front();
    }
    fill(sample);
    m_last.push_back(std::move(sample));
}

void RehearsedOutput::note(Nanoseconds time, std::string words)
{
    ++m_eventCount;
    if (m_events.size() < maxEvents)
        m_events.push_back({time, std::move(words)});
}

std::string RehearsedOutput::piecesInWords() const
{
    return groupedDigits(m_pieces) + " " + (m_pieces == 1 ? m_one : m_many);
}

} // namespace sluice
