#pragma once

#include "receiver/ListenAddress.h"
#include "receiver/Receiver.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace sluice {

/// A receiver that listens at one address: what its start() has made runs until stop().
class ListeningReceiver : public Receiver
{
public:
    void stop() override
    {
        m_stopListening = nullptr;
        m_running.reset();
    }
    bool leave() override
    {
        if (!m_stopListening)
            return false;
        m_stopListening();
        return true;
    }
    std::string endpoint() const override { return m_endpoint; }

    /// The port it listens on: the system's choice where the configuration says 0. Valid after start().
    std::uint16_t port() const { return m_port; }

protected:
    /// For start(): has the `listener` in `running` listen, with further arguments of its listen(). Keeps `running` if
    /// that is well; it refers to nothing of the derived class, which ends before it.
    template<typename Running, typename... Arguments>
    Status listen(std::unique_ptr<Running> running, const ListenAddress &address, Arguments &&...arguments)
    {
        if (Status status = running->listener.listen(address, std::forward<Arguments>(arguments)...); !status)
            return status;
        m_port = running->listener.port();
        m_endpoint = running->listener.endpoint();
        if constexpr (requires { running->listener.stopListening(); })
            m_stopListening = [listener = &running->listener] { listener->stopListening(); };
        m_running = std::move(running);
        return {};
    }

private:
    std::string m_endpoint;
    std::uint16_t m_port = 0;
    std::shared_ptr<void> m_running;
    std::function<void()> m_stopListening; ///< of what holds connections
};

} // namespace sluice
