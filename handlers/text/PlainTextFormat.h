#pragma once

#include "text/TextFormat.h"

namespace sluice {

/// Any text: a line is a record, with the indented lines behind it. A level that a line begins with, or has in brackets
/// near its beginning, is its level.
class PlainTextFormat final : public TextFormat
{
public:
    PlainTextFormat();

protected:
    bool read(std::string_view first, std::string_view whole, TextRecord &record) const override;
};

} // namespace sluice
