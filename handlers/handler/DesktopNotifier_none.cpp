#include "handler/DesktopNotifier.h"

namespace sluice {

Result<std::unique_ptr<DesktopNotifier>> DesktopNotifier::create()
{
    return Error{"Notifications need a desktop with D-Bus, Windows or macOS; this was built without."};
}

} // namespace sluice
