#include "shell/KeyStoreBanner.h"

#include "shell/KeyStoreAsker.h"

#include <QPushButton>
#include <QTimer>

namespace sluice {

namespace {

/// A store that is open has answered by then.
constexpr int momentMilliseconds = 400;

} // namespace

KeyStoreBanner::KeyStoreBanner(KeyStoreAsker &asker, QWidget *parent) : ActionBanner(tr("The key store is waited for"), parent), m_asker(asker)
{
    auto *moment = new QTimer(this);
    moment->setSingleShot(true);
    moment->setInterval(momentMilliseconds);
    connect(moment, &QTimer::timeout, this, [this] {
        say(tr("Waiting for secrets from the system's key store. It may have asked for its password in a window of its own."));
    });
    connect(&asker, &KeyStoreAsker::waitingChanged, this, [this, moment] {
        if (m_asker.isWaiting()) {
            moment->start();
            return;
        }
        moment->stop();
        hide();
    });
}

QList<QPushButton *> KeyStoreBanner::makeButtons()
{
    m_goOn = new QPushButton(tr("Go on without"));
    m_goOn->setToolTip(tr("What needs them does not run until it is started again; secrets that were typed are not saved"));
    connect(m_goOn, &QPushButton::clicked, &m_asker, &KeyStoreAsker::stopWaiting);
    return {m_goOn};
}

} // namespace sluice
