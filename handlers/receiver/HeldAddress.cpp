#include "receiver/HeldAddress.h"

#include <algorithm>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

namespace {

struct Held
{
    std::mutex mutex;
    std::vector<const HeldAddress *> all;

    static Held &instance()
    {
        static Held held;
        return held;
    }
};

std::string_view hostOf(const ListenAddress &address)
{
    return address.host.empty() || address.host == "localhost" ? std::string_view("127.0.0.1") : std::string_view(address.host);
}

bool isAny(std::string_view host) { return host == "0.0.0.0" || host == "::"; }

bool collide(const ListenAddress &a, const ListenAddress &b)
{
    if (!a.path.empty() || !b.path.empty())
        return a.path == b.path;
    return a.port == b.port && a.port != 0 && (hostOf(a) == hostOf(b) || isAny(hostOf(a)) || isAny(hostOf(b)));
}

} // namespace

HeldAddress::HeldAddress(Transport transport, ListenAddress address) : m_transport(transport), m_address(std::move(address))
{
    Held &held = Held::instance();
    const std::lock_guard lock(held.mutex);
    held.all.push_back(this);
}

HeldAddress::~HeldAddress()
{
    Held &held = Held::instance();
    const std::lock_guard lock(held.mutex);
    std::erase(held.all, this);
}

bool HeldAddress::isHeld(Transport transport, const ListenAddress &address)
{
    Held &held = Held::instance();
    const std::lock_guard lock(held.mutex);
    return std::any_of(held.all.begin(), held.all.end(),
                       [&](const HeldAddress *one) { return one->m_transport == transport && collide(one->m_address, address); });
}

} // namespace sluice
