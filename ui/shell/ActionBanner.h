#pragma once

#include <QFrame>
#include <QList>

class QLabel;
class QPushButton;

namespace sluice {

/// A sentence above everything and what can be done about it: in the window and not over it. Hidden at first; its parts are made when there
/// is something to say for the first time. For the UI thread.
class ActionBanner : public QFrame
{
    Q_OBJECT

public:
    explicit ActionBanner(const QString &accessibleName, QWidget *parent = nullptr);

    /// Null before something was said.
    QLabel *words() const { return m_words; }

protected:
    /// And shows it.
    void say(const QString &sentence);
    /// The buttons, from left to right; once.
    virtual QList<QPushButton *> makeButtons() = 0;

private:
    QLabel *m_words = nullptr;
};

} // namespace sluice
