#pragma once

#include "capture/Capture.h"
#include "chain/WireTap.h"
#include "shell/Session.h"

#include <QObject>
#include <QTime>

#include <memory>

namespace sluice {

/// Feeds a store with what passes a wire of the project's chain: as it passes there, since handlers may hold records back,
/// change them or make their own; and so in a store of its own, not in the live one, which has what consoles were given. It holds
/// little: the newest records. It goes on when the chain is changed and still has the wire. For the UI thread.
class TapFeed : public QObject
{
    Q_OBJECT

public:
    /// So much memory the records of one wire may take.
    static constexpr std::size_t budget = std::size_t{32} << 20;

    enum class State {
        Open,
        Stopped, ///< the chain does not run
        Gone,    ///< the chain that runs has no such wire, or another project runs
    };

    /// Of the project that runs now. The session outlives it.
    TapFeed(Session &session, Wire wire, QObject *parent);
    ~TapFeed() override;

    const Wire &wire() const { return m_wire; }
    const std::shared_ptr<Capture> &store() const { return m_store; }
    State state() const { return m_state; }
    WireTap::Figures figures() const { return m_tap->figures(); }
    /// Since when it looks.
    const QTime &since() const { return m_since; }
    /// Looks no more; the store keeps what it has.
    void close() { m_tap->close(); }

    /// "python → mail"
    static QString nameOf(const Wire &wire);

Q_SIGNALS:
    void stateChanged();

private:
    void follow();

    Session &m_session;
    const Wire m_wire;
    const std::shared_ptr<Session::Run> m_first; ///< the run whose wire it is; others of the same project do too
    const std::shared_ptr<Capture> m_store;
    const std::shared_ptr<WireTap> m_tap;
    const QTime m_since;
    State m_state = State::Stopped;
};

} // namespace sluice
