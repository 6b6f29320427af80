#pragma once

#include "shell/ActionBanner.h"

#include <QStringList>

namespace sluice {

/// Offers what was drawn and not saved when the program ended unexpectedly. For the UI thread.
class RecoveryBanner : public ActionBanner
{
    Q_OBJECT

public:
    explicit RecoveryBanner(QWidget *parent = nullptr);

    /// Files of drawings, the newest first; at least one.
    void offer(const QStringList &drawings);

    /// Null before something was offered.
    QPushButton *openButton() const { return m_open; }
    QPushButton *laterButton() const { return m_later; }

Q_SIGNALS:
    void openRequested(const QString &drawing);

protected:
    QList<QPushButton *> makeButtons() override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QStringList m_drawings;
    QPushButton *m_open = nullptr;
    QPushButton *m_later = nullptr;
};

} // namespace sluice
