#include "shell/TapFeed.h"

#include "chain/Router.h"

namespace sluice {

namespace {

std::shared_ptr<Capture> newStore()
{
    Capture::Options options;
    options.budget = TapFeed::budget;
    options.maxRecordBytes = TapFeed::budget / 4;
    return std::make_shared<Capture>(options);
}

} // namespace

TapFeed::TapFeed(Session &session, Wire wire, QObject *parent)
    : QObject(parent), m_session(session), m_wire(std::move(wire)), m_first(session.project()), m_store(newStore()),
      m_tap(std::make_shared<WireTap>(m_store)), m_since(QTime::currentTime())
{
    connect(&session, &Session::runsChanged, this, &TapFeed::follow);
    follow();
}

TapFeed::~TapFeed() { close(); }

QString TapFeed::nameOf(const Wire &wire)
{
    return QString::fromStdString(wire.from) + QStringLiteral(" → ") + QString::fromStdString(wire.to);
}

void TapFeed::follow()
{
    const std::shared_ptr<Session::Run> &run = m_session.project();
    const bool isSame = run && m_first && run->path == m_first->path && run->title == m_first->title;
    State state = State::Gone;
    if (isSame && !m_session.isRunning())
        state = State::Stopped;
    else if (isSame && run->router && run->router->tap(m_wire, m_tap))
        state = State::Open;
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace sluice
