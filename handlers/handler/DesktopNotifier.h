#pragma once

#include "base/Result.h"

#include <memory>
#include <string>

namespace sluice {

/// Shows short messages on the user's desktop, in the system's own way: org.freedesktop.Notifications over D-Bus, a balloon of
/// the notification area on Windows, Notification Center on macOS. Used by one thread at a time.
class DesktopNotifier
{
public:
    virtual ~DesktopNotifier() = default;

    /// Fails, with what is missing, where there is no desktop.
    static Result<std::unique_ptr<DesktopNotifier>> create();

    /// Plain text, whatever it contains. `urgent`: as the system shows what must be seen.
    virtual Status show(const std::string &title, const std::string &text, bool urgent) = 0;
};

} // namespace sluice
