#pragma once

#include "console/FilterPopup.h"
#include "filter/Expression.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

class QKeyEvent;
class QLineEdit;

namespace sluice {

class SeenValues;

/// Helps whoever types an expression into a line: checks it with each key, underlines what is wrong and says why below the line, and
/// offers there what may be typed at the caret. Down and Up choose, Tab or Enter takes it, Ctrl+Space asks for it, Esc closes it.
/// It has these keys before the line does. For the UI thread.
class ExpressionHelp : public QObject
{
    Q_OBJECT

public:
    /// Where values for completion come from. `waker` is called, on any thread, when there are more.
    using MakeSeen = std::function<std::shared_ptr<SeenValues>(std::function<void()> waker)>;
    /// When it is said below the line what is wrong.
    enum class Says {
        Always,
        WithList ///< the line has its own place for that, which the list covers
    };

    /// A child of the line. `advice` follows what is wrong.
    ExpressionHelp(QLineEdit *line, Says says, QString advice = {});
    ~ExpressionHelp() override;

    /// `make` is called when values are first needed.
    void setSeen(MakeSeen make);

    FilterPopup *popup() const { return m_popup; }
    /// Whether the text is an expression.
    bool isValid() const { return m_isValid; }

    /// Opens the list of what may be typed at the caret, if there is anything.
    void complete();
    /// Takes a candidate into the line.
    void take(int row);

Q_SIGNALS:
    /// A candidate was taken.
    void taken(const QString &text);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void check();
    void underline(const std::optional<ExpressionPlace> &place);
    void setListOpen(bool open);
    void completeAsTyped();
    bool fillCandidates(bool asked);
    bool press(const QKeyEvent &event);
    void watchPlace();
    SeenValues *seen();

    QLineEdit *const m_line;
    const Says m_says;
    const QString m_advice;
    QPointer<FilterPopup> m_popup; ///< a child of the window, once it has been shown
    MakeSeen m_makeSeen;
    std::shared_ptr<SeenValues> m_seen;
    TextRange m_replaced; ///< by a candidate
    QString m_problem;
    bool m_isValid = true;
    bool m_underlining = false;
};

} // namespace sluice
