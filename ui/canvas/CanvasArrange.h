#pragma once

#include "base/Result.h"

namespace sluice {

class ChainCanvas;
class ChainScene;
struct Wire;

/// Puts what is selected in rows and columns, whole chains in order, and makes room.
namespace canvasarrange {

enum class Way { Left, Top, Centre, Across, Down };

/// Of what is selected. Each is one step.
void arrange(ChainCanvas &canvas, Way way);
/// Lays the whole chain out anew. Comments stay around the nodes that lie in them.
void tidy(ChainCanvas &canvas);
/// Between the ends of a wire, for one more node, where there is too little: what stands at the right goes on to the right, together.
Status makeRoomOn(const Wire &wire, ChainScene &scene);

} // namespace canvasarrange

} // namespace sluice
