#pragma once

#include "console/ExpressionHelp.h"
#include "console/FilterHistory.h"

#include <QLineEdit>

class QMenu;

namespace sluice {

/// Where a filter is typed. What is typed is an expression, checked with each key: what is wrong with it stands
/// below, its place is underlined. Below, too, is what may be typed: Down and Up choose, Tab or Enter takes it.
/// Enter commits the expression, Up and Down go through those of before; Esc empties the field, and, empty, gives
/// the focus back.
class FilterField : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterField(QWidget *parent = nullptr);

    /// Where values for completion come from; called when they are first needed.
    void setSeen(ExpressionHelp::MakeSeen make) { m_help->setSeen(std::move(make)); }

    FilterHistory &history() { return m_history; }
    FilterPopup *popup() const { return m_help->popup(); }
    /// Filled by who knows saved filters, when it opens.
    QMenu *savedMenu() const { return m_savedMenu; }

    /// By this the filter is carried elsewhere.
    QWidget *grip() const { return m_grip; }

    /// Whether the text is an expression.
    bool isValid() const { return m_help->isValid(); }

    /// Opens the list of what may be typed at the caret, if there is anything.
    Q_INVOKABLE void complete() { m_help->complete(); }

Q_SIGNALS:
    /// The reader has done here.
    void left();
    /// Enter was pressed on an expression; or Shift+Enter, then `text` looks for what was typed as it stands.
    void committed(const QString &text);
    void cancelled();
    /// The grip was pulled: the filter is to be carried elsewhere.
    void dragged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void textHasChanged();
    void commit(bool asItStands);
    void showFromHistory(const QString &text);

    FilterHistory m_history;
    ExpressionHelp *m_help;
    QMenu *m_savedMenu;
    QWidget *m_grip = nullptr;
    QPoint m_gripPressed;
    bool m_fromHistory = false;
};

} // namespace sluice
