#pragma once

namespace sluice {

class ChainCanvas;

/// Nodes as text: what is copied is a small project file, which any window, editor or mail takes, and gives back.
namespace canvasclipboard {

void copy(const ChainCanvas &canvas);
void cut(ChainCanvas &canvas);
/// Whatever the clipboard holds: what is no part of a chain is refused with a sentence.
void paste(ChainCanvas &canvas);
/// Beside what is selected, without the clipboard.
void duplicate(ChainCanvas &canvas);

} // namespace canvasclipboard

} // namespace sluice
