#include "canvas/CanvasClipboard.h"

#include "canvas/ChainCanvas.h"
#include "chain/ChainPart.h"
#include "chain/Configuration.h"

#include <QClipboard>
#include <QGuiApplication>

#include <cmath>
#include <limits>

namespace sluice::canvasclipboard {

namespace {

/// A copy stands so far beside what it was made of.
constexpr double beside = 32;

double snapped(double value) { return std::round(value / ChainLayout::grid) * ChainLayout::grid; }

QPointF cornerOf(const Chain &part)
{
    QPointF corner(std::numeric_limits<double>::max(), std::numeric_limits<double>::max());
    const auto take = [&](const auto &items) {
        for (const auto &item : items)
            corner = {std::min(corner.x(), item.x), std::min(corner.y(), item.y)};
    };
    take(part.nodes());
    take(part.comments());
    return corner;
}

void add(ChainCanvas &canvas, const Chain &part, QPointF by, const char *words)
{
    ChainScene &scene = *canvas.scene();
    // Not onto what is there: pasted again, it stands beside the last.
    const auto isCovered = [&] {
        const QPointF corner = cornerOf(part) + by;
        for (const NodeItem &item : scene.nodes()) {
            if (item.position() == corner)
                return true;
        }
        return false;
    };
    while (isCovered())
        by += QPointF(beside, beside);
    const auto added = chainpart::add(scene.editor(), part, by.x(), by.y(), words);
    if (!added) {
        Q_EMIT canvas.said(QString::fromStdString(added.error().text));
        return;
    }
    scene.select(*added);
    canvas.reveal(scene.boundsOf(*added));
}

} // namespace

void copy(const ChainCanvas &canvas)
{
    const ChainScene &scene = *canvas.scene();
    if (scene.selected().empty())
        return;
    QGuiApplication::clipboard()->setText(
        QString::fromStdString(projectText(chainpart::of(scene.chain(), scene.selectedIds()))));
}

void cut(ChainCanvas &canvas)
{
    ChainScene &scene = *canvas.scene();
    if (scene.selected().empty())
        return;
    copy(canvas);
    const ChainHistory::Step step(scene.editor(), "Cut");
    canvas.report(scene.editor().remove(scene.selectedIds()));
}

void paste(ChainCanvas &canvas)
{
    const QString text = QGuiApplication::clipboard()->text();
    // As much as it takes to know that it is too long.
    const auto part = chainpart::read(text.left(static_cast<qsizetype>(chainpart::maxTextLength) + 1).toStdString());
    if (!part) {
        Q_EMIT canvas.said(QString::fromStdString(part.error().text));
        return;
    }
    const QPointF at = canvas.pointer();
    const QPointF corner = cornerOf(*part);
    const QRectF seen = canvas.view().toScene(QRectF(canvas.rect()));
    // With the keyboard: where it was copied, if that is in sight; else in the middle.
    QPointF by = at - corner - QPointF(NodeItem::width / 2, NodeItem::height / 2);
    if (!canvas.underMouse() && seen.contains(corner))
        by = {};
    add(canvas, *part, {snapped(by.x()), snapped(by.y())}, "Paste");
}

void duplicate(ChainCanvas &canvas)
{
    const ChainScene &scene = *canvas.scene();
    if (scene.selected().empty())
        return;
    add(canvas, chainpart::of(scene.chain(), scene.selectedIds()), {beside, beside}, "Duplicate");
}

} // namespace sluice::canvasclipboard
