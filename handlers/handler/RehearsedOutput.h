#pragma once

#include "base/Clock.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What a handler would have done to the world outside, had it not been a rehearsal: numbers, and some of it word by word. Takes
/// a bounded memory. For one thread at a time.
class RehearsedOutput
{
public:
    /// Something that would have gone out as one: a line, a frame, a mail.
    struct Sample
    {
        Nanoseconds time = 0; ///< the record's
        std::string title;    ///< where the bytes do not begin with what matters: "Subject: …". May be empty
        std::string bytes;    ///< the beginning
        bool isCut = false;
    };
    /// Something else that would have been done.
    struct Event
    {
        Nanoseconds time = 0; ///< the record's
        std::string words;    ///< "app.log becomes app.log.1"
    };

    /// Of samples, from the beginning and from the end, each; and of events, from the beginning.
    static constexpr std::size_t maxSamples = 10;
    static constexpr std::size_t maxEvents = 100;
    static constexpr std::size_t maxSampleBytes = 4096;

    /// `one` and `many`: what a piece is called: "line", "lines".
    void setPiece(std::string one, std::string many);

    /// A piece with so many records would have gone out.
    void add(Nanoseconds time, std::size_t records, std::string_view bytes, std::string_view title = {});
    /// Something else would have been done.
    void note(Nanoseconds time, std::string words);
    /// What the figures cannot say for sure, in a sentence; once.
    void setCaveat(std::string sentence) { m_caveat = std::move(sentence); }

    std::uint64_t records() const { return m_records; }
    std::uint64_t pieces() const { return m_pieces; }
    std::uint64_t bytes() const { return m_bytes; }
    /// "1,200 lines".
    std::string piecesInWords() const;
    /// Of all bytes in their order: two outputs with the same are the same.
    std::uint64_t digest() const { return m_digest; }
    /// Of the pieces that went out first and last; 0 if there is none.
    Nanoseconds firstTime() const { return m_firstTime; }
    Nanoseconds lastTime() const { return m_lastTime; }
    const std::vector<Sample> &firstSamples() const { return m_first; }
    /// Those behind the first ones.
    const std::deque<Sample> &lastSamples() const { return m_last; }
    const std::vector<Event> &events() const { return m_events; }
    std::uint64_t eventCount() const { return m_eventCount; }
    const std::string &caveat() const { return m_caveat; }

private:
    std::string m_one = "record";
    std::string m_many = "records";
    std::uint64_t m_records = 0;
    std::uint64_t m_pieces = 0;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_digest = 14695981039346656037ULL;
    Nanoseconds m_firstTime = 0;
    Nanoseconds m_lastTime = 0;
    std::vector<Sample> m_first;
    std::deque<Sample> m_last;
    std::vector<Event> m_events;
    std::uint64_t m_eventCount = 0;
    std::string m_caveat;
};

} // namespace sluice
