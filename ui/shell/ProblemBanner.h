#pragma once

#include "base/Problem.h"

#include <QFrame>

class QGridLayout;
class QLabel;
class QScrollArea;

namespace sluice {

/// What is wrong with a file that was not opened: every problem with its place, in the window and not over
/// it.
class ProblemBanner : public QFrame
{
    Q_OBJECT

public:
    explicit ProblemBanner(QWidget *parent = nullptr);

    void showProblems(const QString &title, const Problems &problems);

    /// All of it, for the clipboard.
    QString text() const { return m_text; }

Q_SIGNALS:
    /// By the reader.
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// Puts the parts into it, when there is something to show for the first time.
    void build();

    QLabel *m_title = nullptr;
    QLabel *m_icon = nullptr;
    QScrollArea *m_scroll = nullptr;
    QString m_text;
};

} // namespace sluice
