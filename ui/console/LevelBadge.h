#pragma once

#include "capture/Severity.h"

#include <QPainter>

namespace sluice {

/// Paints a level's badge, centred in `rect`: its letter in a shape of its own (ring, disc, diamond, octagon,
/// square), so that nobody depends on hue. `on` false: outlined and pale, for a level that is filtered out.
void paintLevelBadge(QPainter &painter, const QRectF &rect, Severity severity, bool on = true);

} // namespace sluice
