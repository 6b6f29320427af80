#pragma once

#include "text/TextFormat.h"

namespace sluice {

/// logfmt: key=value pairs, values quoted where they hold spaces. Keys mean what RecordKeys says. Words without a value are
/// extra fields that are true; numbers stay text, since logfmt does not tell them apart.
class LogfmtTextFormat final : public TextFormat
{
public:
    LogfmtTextFormat();

protected:
    bool read(std::string_view first, std::string_view whole, TextRecord &record) const override;
    bool beginsWhole(std::string_view line) const override;
};

} // namespace sluice
