#pragma once

#include "text/TextFormat.h"
#include "text/TimePattern.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

/// A regular expression of the user's own with named groups, "(?P<time>\S+) (?P<level>\w+) (?P<message>.*)", matched from
/// the beginning of a record's first line. A group that is called like an attribute sets it ("name", "lineno"; also `time`
/// or `asctime`, `level`, `message`, `logger`, `pid`); every other is an extra field. A line that matches begins a record.
///
/// RE2: no pattern can take more than linear time. https://github.com/google/re2/wiki/Syntax
class PatternTextFormat final : public TextFormat
{
public:
    /// `timeFormat`: strptime's, for the group `time`; none: whatever readTimeParts knows, or seconds of the epoch.
    static Result<TextFormatPtr> create(const std::string &pattern, const std::optional<std::string> &timeFormat = std::nullopt);
    ~PatternTextFormat() override;

protected:
    bool read(std::string_view first, std::string_view whole, TextRecord &record) const override;
    bool beginsWhole(std::string_view line) const override;

private:
    enum class Kind : unsigned char { Extra, Time, Level, Message, Text, Integer };
    struct Group
    {
        std::string name;
        int number = 0;
        Kind kind = Kind::Extra;
        Attribute attribute = Attribute::Name;
    };
    struct Expression; ///< keeps RE2 out of this header

    PatternTextFormat();
    Status addGroup(const std::string &name, int number);
    bool setTime(std::string_view text, TextRecord &record) const;

    std::unique_ptr<Expression> m_expression;
    std::vector<Group> m_groups;
    std::optional<TimePattern> m_time;
};

} // namespace sluice
