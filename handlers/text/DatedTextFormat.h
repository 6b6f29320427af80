#pragma once

#include "text/TextFormat.h"

namespace sluice {

/// Any line that begins with a date and a time, in brackets or not, with or without a level behind it. What stands between
/// the time and a level that does not follow at once stays in the message.
class DatedTextFormat final : public TextFormat
{
public:
    DatedTextFormat();

protected:
    bool read(std::string_view first, std::string_view whole, TextRecord &record) const override;
    bool beginsWhole(std::string_view line) const override;
};

} // namespace sluice
