#pragma once

#include "base/Result.h"
#include "record/LogRecordBatch.h"
#include "text/LineHead.h"
#include "text/TextContext.h"

#include <memory>
#include <string>
#include <string_view>

namespace sluice {

class TextRecord;

/// A shape that lines of a log have: where a record begins, and how a record's lines are read. Immutable; may be shared
/// between threads, each of which has a TextContext.
///
/// A text is cut into records by begins() alone, so that everyone who reads it counts the same records: a record is
/// a line that begins one, with all lines behind it that do not. Lines in front of the first beginning are a record too.
class TextFormat
{
public:
    virtual ~TextFormat() = default;

    /// As settings and projects name it: "python-basic", "json", "pattern".
    const std::string &name() const { return m_name; }
    /// For people: "Python: time - logger - level - message".
    const std::string &title() const { return m_title; }

    /// Whether the first line of a record may begin with this byte. False tells that the line belongs to the record above.
    bool canBegin(unsigned char byte) const { return m_head.canBegin(byte) || byte == escape; }
    /// Whether a line begins a record: a look at its first bytes, for most formats. `line` may have its line end. Empty
    /// lines, and those of Python's tracebacks that stand at the margin, never do.
    bool begins(std::string_view line) const
    {
        if (line.empty())
            return false;
        if (bool answer = false; (line.front() == 'T' || line.front() == 'S' || line.front() == escape) &&
                                 isUnusual(line, answer)) [[unlikely]]
            return answer;
        return m_head.matches(line) && (!m_looksCloser || beginsWhole(line));
    }

    /// Adds the record that these lines are: its first line, and those that belong to it; line ends as they are. Always adds
    /// one: lines that are not of this format make a record whose message they are, with the time of the record above.
    /// False then.
    ///
    /// Text points into `lines`, and names of extra fields into the format, so the caller keeps both alive with the batch. A
    /// Python traceback becomes exc_text, other further lines belong to the message. Bytes that are no UTF-8 become U+FFFD,
    /// escape sequences of terminals are left out.
    bool parse(std::string_view lines, LogRecordBatch &batch, TextContext &context) const;

    /// How much a line of this format tells, for those that recognise formats: roughly the number of fields.
    int weight() const { return m_weight; }

protected:
    static constexpr char escape = '\x1B'; ///< begins a sequence that colours text in a terminal

    TextFormat(std::string name, std::string title) : m_name(std::move(name)), m_title(std::move(title)) {}

    /// Reads a record. `first` is its first line without line end, the beginning of `whole`, which has no line end either;
    /// both are UTF-8. False if it is not of this format: nothing may have been added to the record's batch then, but
    /// `record` may have been written to.
    virtual bool read(std::string_view first, std::string_view whole, TextRecord &record) const = 0;

    /// For formats whose head says too little (m_looksCloser). `line` may have its line end.
    virtual bool beginsWhole(std::string_view line) const;

    LineHead m_head;
    bool m_looksCloser = false;
    int m_weight = 0;

private:
    /// A line that begins with an escape sequence, or one of a traceback; `begins` is the answer then.
    bool isUnusual(std::string_view line, bool &begins) const;

    std::string m_name;
    std::string m_title;
};

using TextFormatPtr = std::shared_ptr<const TextFormat>;

} // namespace sluice
