#pragma once

#include "base/Result.h"
#include "record/LogRecord.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Writes pickles as CPython's pickle.dumps(value, 1) does, which is what SocketHandler sends.
///
/// CPython's memo goes by the identity of objects, which values do not have. Taken as one object is what is
/// one in CPython: equal texts that a program's constants would be interned as (names, functions, levels,
/// keys), filename and pathname where there is no folder, the empty text and single Latin-1 characters. So
/// the records of ordinary programs come out to the byte, and all others as equal dictionaries.
///
/// Keeps its memory between pickles. Not thread-safe.
class PickleWriter
{
public:
    /// Appends what SocketHandler.makePickle returns: the length in four bytes, big-endian, then the pickle
    /// of the record's dictionary with the message merged and `args`, `exc_info` and `message` gone. Fails,
    /// appending nothing, if the arguments do not fit the message.
    Status makePickle(const LogRecord &record, std::string &out);

    /// Appends the pickle of one value.
    void dump(const Value &value, std::string &out);

private:
    /// How an equal text written before counts.
    enum class Identity {
        Own,     ///< made at run time: an object of its own
        Constant ///< one object with equal ones, if it looks like an identifier
    };

    struct MemoEntry
    {
        std::string_view text;
        std::uint32_t hash = 0;
        std::uint32_t index = 0;
    };

    void begin(std::string &out);
    void write(const Value &value);
    void writeText(std::string_view text, Identity identity);
    void writeInteger(std::int64_t number);
    void writeBytes(std::string_view bytes);
    void writeGlobal(std::string_view moduleAndName);
    void writeList(std::span<const Value> items);
    void writeDict(std::span<const Field> entries);
    bool writeKnown(std::string_view text);
    void remember(std::string_view text, std::uint32_t index);
    std::uint32_t memoize();
    void recall(std::uint32_t index);
    void attribute(Attribute attribute, const Value &value);
    void writeCut(const Value &value, const MemoEntry &whole, MemoEntry &cut);

    std::string *m_out = nullptr;
    std::uint32_t m_memoCount = 0;
    std::vector<MemoEntry> m_texts;
    std::vector<MemoEntry> m_globals;
    MemoEntry m_pathname;
    MemoEntry m_filename;
    std::string m_message;
};

} // namespace sluice
