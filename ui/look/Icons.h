#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace sluice {

/// An icon of our family ("open", "pause") that takes its colour from the theme whenever it is painted.
QIcon themedIcon(const QString &name);

/// The same in one colour.
QPixmap tintedPixmap(const QString &name, int size, qreal devicePixelRatio, const QColor &color);

/// The program's own.
QIcon applicationIcon();

} // namespace sluice
