#pragma once

#include "text/TextFormat.h"

namespace sluice {

/// Lines of syslog, as SyslogReader reads messages: in files without PRI ("Oct 11 22:14:15 host app[7]: text", or a date as
/// RFC 3339 has it), or as they are sent, with one ("<34>1 2026-…").
class SyslogTextFormat final : public TextFormat
{
public:
    enum class Shape {
        Message,  ///< with PRI
        MonthDay, ///< a file of RFC 3164's dates
        Iso       ///< a file of RFC 3339's dates
    };

    explicit SyslogTextFormat(Shape shape);

protected:
    bool read(std::string_view first, std::string_view whole, TextRecord &record) const override;

private:
    bool readFileLine(std::string_view first, std::string_view whole, TextRecord &record) const;

    const Shape m_shape;
};

} // namespace sluice
