#pragma once

class QMenu;

namespace sluice {

class ConsoleView;

/// Menus made for the moment, with what is chosen in the view ticked.
namespace menus {

/// Of the header: how times are written, and which columns there are.
void fillHeaderMenu(QMenu &menu, ConsoleView &view);
/// How times are written alone.
void fillTimeMenu(QMenu &menu, ConsoleView &view);

} // namespace menus
} // namespace sluice
