#pragma once

#include "console/FilterHistory.h"
#include "console/FilterPopup.h"
#include "filter/Expression.h"

#include <QLineEdit>
#include <QPointer>

#include <functional>
#include <memory>

class QMenu;

namespace sluice {

class SeenValues;

/// Where a filter is typed. What is typed is an expression, checked with each key: what is wrong with it stands
/// below, its place is underlined. Below, too, is what may be typed: Down and Up choose, Tab or Enter takes it.
/// Enter commits the expression, Up and Down go through those of before; Esc empties the field, and, empty, gives
/// the focus back.
class FilterField : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterField(QWidget *parent = nullptr);
    ~FilterField() override;

    /// Where values for completion come from; called when they are first needed.
    void setSeen(std::function<std::shared_ptr<SeenValues>(std::function<void()> waker)> make);

    FilterHistory &history() { return m_history; }
    FilterPopup *popup() const { return m_popup; }
    /// Filled by who knows saved filters, when it opens.
    QMenu *savedMenu() const { return m_savedMenu; }

    /// Whether the text is an expression.
    bool isValid() const { return m_isValid; }

    /// Opens the list of what may be typed at the caret, if there is anything.
    Q_INVOKABLE void complete();

Q_SIGNALS:
    /// The reader has done here.
    void left();
    /// Enter was pressed on an expression; or Shift+Enter, then `text` looks for what was typed as it stands.
    void committed(const QString &text);
    void cancelled();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void textHasChanged();
    void check();
    void underline(const ExpressionPlace &place);
    void completeAsTyped();
    bool fillCandidates(bool asked);
    void take(int row);
    void commit(bool asItStands);
    void showFromHistory(const QString &text);
    SeenValues *seen();

    FilterHistory m_history;
    QPointer<FilterPopup> m_popup; ///< a child of the window, once it has been shown
    QMenu *m_savedMenu;
    std::function<std::shared_ptr<SeenValues>(std::function<void()>)> m_makeSeen;
    std::shared_ptr<SeenValues> m_seen;
    TextRange m_replaced; ///< by a candidate
    bool m_isValid = true;
    bool m_fromHistory = false;
    bool m_underlining = false;
};

} // namespace sluice
