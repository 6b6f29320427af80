#pragma once

#include <cstddef>
#include <string_view>

/// Whether bytes from a file are what RecordCodec writes, so that it can read them: a checksum tells damage, but
/// not what somebody made up.
namespace sluice::codec {

/// How many bytes the site or text that `bytes` begins with has; 0 if it is none, or does not end there.
std::size_t siteBytes(std::string_view bytes);
std::size_t textBytes(std::string_view bytes);

} // namespace sluice::codec
