#include "canvas/CanvasArrange.h"

#include "canvas/ChainCanvas.h"

#include <algorithm>
#include <cmath>

namespace sluice::canvasarrange {

namespace {

constexpr double gapBesideNode = 32;
constexpr double groupMargin = 24;
constexpr double groupHead = 40;

double snapped(double value) { return std::round(value / ChainLayout::grid) * ChainLayout::grid; }

const char *wordsOf(Way way)
{
    switch (way) {
    case Way::Left:
        return "Align left edges";
    case Way::Top:
        return "Align top edges";
    case Way::Centre:
        return "Align middles";
    case Way::Across:
        return "Distribute across";
    case Way::Down:
        break;
    }
    return "Distribute down";
}

/// Gaps of one size between items, the first and the last of which stay.
void distribute(std::vector<std::pair<QRectF, ChainEditor::Place *>> &items, bool across)
{
    const auto begin = [across](const QRectF &rect) { return across ? rect.left() : rect.top(); };
    const auto length = [across](const QRectF &rect) { return across ? rect.width() : rect.height(); };
    std::ranges::stable_sort(items, {}, [&](const auto &item) { return begin(item.first); });
    double inner = 0;
    for (const auto &item : items)
        inner += length(item.first);
    const QRectF &last = items.back().first;
    const double gap = (begin(last) + length(last) - begin(items.front().first) - inner) / static_cast<double>(items.size() - 1);
    double at = begin(items.front().first);
    for (auto &[rect, place] : items) {
        (across ? place->x : place->y) = snapped(at);
        at += length(rect) + gap;
    }
}

} // namespace

void arrange(ChainCanvas &canvas, Way way)
{
    ChainScene &scene = *canvas.scene();
    std::vector<ChainEditor::Place> places;
    for (const std::string &id : scene.selected()) {
        const QRectF rect = scene.boundsOf({id});
        places.push_back({id, rect.x(), rect.y()});
    }
    if (places.size() < 2)
        return;
    std::vector<std::pair<QRectF, ChainEditor::Place *>> items;
    for (ChainEditor::Place &place : places)
        items.emplace_back(scene.boundsOf({place.id}), &place);
    const QRectF all = scene.boundsOf(scene.selectedIds());
    for (auto &[rect, place] : items) {
        if (way == Way::Left)
            place->x = all.left();
        else if (way == Way::Top)
            place->y = all.top();
        else if (way == Way::Centre)
            place->y = snapped(all.center().y() - rect.height() / 2);
    }
    if (way == Way::Across || way == Way::Down)
        distribute(items, way == Way::Across);
    scene.editor().endMerging();
    const ChainHistory::Step step(scene.editor(), wordsOf(way));
    canvas.report(scene.editor().move(std::move(places)));
}

void tidy(ChainCanvas &canvas)
{
    ChainScene &scene = *canvas.scene();
    ChainEditor &editor = scene.editor();
    std::vector<std::pair<std::string, std::vector<std::string>>> groups;
    for (const CommentItem &comment : scene.comments())
        groups.emplace_back(comment.id(), scene.groupOf(comment));
    editor.endMerging();
    {
        const ChainHistory::Step step(editor, "Tidy up");
        if (!canvas.report(editor.move(ChainLayout(editor.chain()).places())))
            return;
        for (const auto &[id, inside] : groups) {
            const QRectF around = scene.boundsOf(inside).adjusted(-groupMargin, -groupHead, groupMargin, groupMargin);
            if (inside.empty())
                continue;
            ChainComment comment = scene.comment(id)->comment();
            comment.x = around.x();
            comment.y = around.y();
            comment.width = around.width();
            comment.height = around.height();
            canvas.report(editor.setComment(std::move(comment)));
        }
    }
    editor.endMerging();
    canvas.fit();
}

Status makeRoomOn(const Wire &wire, ChainScene &scene)
{
    const NodeItem *from = scene.node(wire.from);
    const NodeItem *to = scene.node(wire.to);
    if (!from || !to || to->rect().left() <= from->rect().right())
        return {};
    const double missing = NodeItem::width + 2 * gapBesideNode - (to->rect().left() - from->rect().right());
    if (missing <= 0)
        return {};
    const double by = std::ceil(missing / ChainLayout::grid) * ChainLayout::grid;
    const double edge = to->rect().left();
    std::vector<ChainEditor::Place> places;
    const auto add = [&](const std::string &id, const QRectF &rect) {
        if (rect.left() >= edge)
            places.push_back({id, rect.left() + by, rect.top()});
    };
    for (const NodeItem &one : scene.nodes())
        add(one.id(), one.rect());
    for (const CommentItem &one : scene.comments())
        add(one.id(), one.rect());
    return scene.editor().move(std::move(places));
}

} // namespace sluice::canvasarrange
