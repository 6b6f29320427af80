#pragma once

#include "base/NativeFile.h"

#include <memory>
#include <string_view>

namespace sluice {

/// Where a StreamHandler writes to, if not a file: bytes go out at once. Shared by handlers; each call is
/// whole.
class OutputStream
{
public:
    virtual ~OutputStream() = default;

    /// Writes all, or says how much went out and why not the rest.
    virtual NativeFile::Written write(std::string_view bytes) = 0;

    /// The process's own, one object each.
    static const std::shared_ptr<OutputStream> &standardOutput();
    static const std::shared_ptr<OutputStream> &standardError();
};

} // namespace sluice
