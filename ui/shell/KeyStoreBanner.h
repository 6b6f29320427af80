#pragma once

#include "shell/ActionBanner.h"

namespace sluice {

class KeyStoreAsker;

/// Says that the system's key store is waited for, once that takes longer than a moment, and lets its person go on without. For the UI
/// thread.
class KeyStoreBanner : public ActionBanner
{
    Q_OBJECT

public:
    /// `asker` outlives it.
    explicit KeyStoreBanner(KeyStoreAsker &asker, QWidget *parent = nullptr);

    /// Null before it was shown.
    QPushButton *goOnButton() const { return m_goOn; }

protected:
    QList<QPushButton *> makeButtons() override;

private:
    KeyStoreAsker &m_asker;
    QPushButton *m_goOn = nullptr;
};

} // namespace sluice
