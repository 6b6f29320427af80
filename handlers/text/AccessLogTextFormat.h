#pragma once

#include "text/TextFormat.h"

namespace sluice {

/// Web servers' access logs: common and combined, as nginx and Apache write them unless told otherwise.
///
///     203.0.113.7 - ada [11/Oct/2026:22:14:15 +0200] "GET /a?b HTTP/1.1" 200 612 "https://example.org/" "curl/8"
///
/// Extra fields: remote_addr, user, method, path, protocol, status and bytes (integers), referer, agent; `vhost` where one
/// stands in front; `further` for what follows. The message is the request with status and bytes; the level is ERROR
/// from status 500, WARNING from 400.
class AccessLogTextFormat final : public TextFormat
{
public:
    AccessLogTextFormat();

protected:
    bool read(std::string_view first, std::string_view whole, TextRecord &record) const override;
    bool beginsWhole(std::string_view line) const override;
};

} // namespace sluice
