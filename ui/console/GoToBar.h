#pragma once

#include "base/Clock.h"
#include "console/TimeFormat.h"
#include "console/ViewBar.h"

#include <optional>
#include <variant>

class QLabel;
class QLineEdit;

namespace sluice {

/// Ctrl+G: a record by its number in the view, or the first one at or after a time.
class GoToBar : public ViewBar
{
    Q_OBJECT

public:
    explicit GoToBar(QWidget *parent = nullptr);

    void open() override;
    /// Says why nobody went anywhere.
    void showProblem(const QString &sentence);
    QLineEdit *field() const { return m_field; }

Q_SIGNALS:
    void requested(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLineEdit *m_field;
    QLabel *m_words;
};

/// What someone typed: the number of a record in the view, from 1 on; or a time, "14:03", "14:03:05.25",
/// "2026-11-21", "2026-11-21 14:03:05", "-5 min" (before `now`), in the zone of `format`, a time of day on the day
/// of `near`. None if it is neither.
std::optional<std::variant<std::uint64_t, Nanoseconds>> placeFromText(const QString &text, const TimeFormat &format,
                                                                      Nanoseconds near, Nanoseconds now);

} // namespace sluice
