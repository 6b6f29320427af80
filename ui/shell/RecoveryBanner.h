#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;
class QPushButton;

namespace sluice {

/// Offers what was drawn and not saved when the program ended unexpectedly: in the window and not over it. For the UI thread.
class RecoveryBanner : public QFrame
{
    Q_OBJECT

public:
    explicit RecoveryBanner(QWidget *parent = nullptr);

    /// Files of drawings, the newest first; at least one.
    void offer(const QStringList &drawings);

    QLabel *words() const { return m_words; }
    /// Null before something was offered.
    QPushButton *openButton() const { return m_open; }
    QPushButton *laterButton() const { return m_later; }

Q_SIGNALS:
    void openRequested(const QString &drawing);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();

    QStringList m_drawings;
    QLabel *m_words = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_later = nullptr;
};

} // namespace sluice
