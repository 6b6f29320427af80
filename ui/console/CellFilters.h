#pragma once

#include "capture/CaptureFilter.h"

#include <QPoint>
#include <QString>

#include <functional>

class QMenu;

namespace sluice {

class ConsoleView;

/// Filters made from what is seen: for and against the value of a cell or of a field in the detail.
namespace cellfilters {

/// Of the record under a place on the screen, or the selected one, and its cell there.
void fillMenu(QMenu &menu, ConsoleView &view, const QPoint &globalPosition);

/// "Only rows with user.id = 42", and without. `field`: as an expression names it, or LogRecord's attribute's name;
/// `value`: as text.
void fillFieldMenu(QMenu &menu, ConsoleView &view, const QString &field, const QString &value);

/// Puts it on the view's stack.
void add(ConsoleView &view, const std::string &expression, bool always = false);

} // namespace cellfilters
} // namespace sluice
