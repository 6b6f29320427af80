#include "canvas/CanvasActions.h"

#include "canvas/CanvasArrange.h"
#include "canvas/CanvasClipboard.h"
#include "canvas/ChainCanvas.h"
#include "look/Icons.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>
#include <iterator>

namespace sluice {

namespace {

constexpr double zoomStep = 1.25;
constexpr double groupMargin = 24;
constexpr double groupHead = 40;

QString stepWords(const QString &verb, const std::string &words)
{
    return words.empty() ? verb : verb + QStringLiteral(": ") + QString::fromStdString(words).left(60);
}

/// Those of the one node that is selected.
std::vector<Wire> wiresOf(const ChainScene &scene)
{
    std::vector<Wire> wires;
    if (scene.selected().size() != 1)
        return wires;
    const std::string &id = *scene.selected().begin();
    std::ranges::copy_if(scene.chain().wires(), std::back_inserter(wires),
                         [&](const Wire &wire) { return wire.from == id || wire.to == id; });
    return wires;
}

/// Of the one node that is selected; empty if it has none.
QString expressionOf(const ChainScene &scene)
{
    const ChainNode *node = scene.selected().size() == 1 ? scene.chain().node(*scene.selected().begin()) : nullptr;
    return node && node->type->name() == "ExpressionFilter" ? node->params.value(u"expression").toString() : QString();
}

} // namespace

CanvasActions::CanvasActions(ChainCanvas &canvas) : QObject(&canvas), m_canvas(canvas)
{
    const auto key = [](auto combination) { return QKeySequence(combination); };
    ChainScene *scene = canvas.scene();
    undo = add(tr("Undo"), QStringLiteral("undo"), {key(Qt::CTRL | Qt::Key_Z)}, [scene] { scene->editor().undo(); });
    redo = add(tr("Redo"), QStringLiteral("redo"), {key(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), key(Qt::CTRL | Qt::Key_Y)},
               [scene] { scene->editor().redo(); });
    cut = add(tr("Cut"), {}, {key(Qt::CTRL | Qt::Key_X)}, [this] { canvasclipboard::cut(m_canvas); });
    copy = add(tr("Copy"), QStringLiteral("copy"), {key(Qt::CTRL | Qt::Key_C)}, [this] { canvasclipboard::copy(m_canvas); });
    paste = add(tr("Paste"), {}, {key(Qt::CTRL | Qt::Key_V)}, [this] { canvasclipboard::paste(m_canvas); });
    duplicate = add(tr("Duplicate"), {}, {key(Qt::CTRL | Qt::Key_D)}, [this] { canvasclipboard::duplicate(m_canvas); });
    remove = add(tr("Delete, and join the wires"), {}, {key(Qt::Key_Delete), key(Qt::Key_Backspace)}, [this] { removeSelected(true); });
    removeAlone = add(tr("Delete with its wires"), {}, {key(Qt::SHIFT | Qt::Key_Delete)}, [this] { removeSelected(false); });
    selectAll = add(tr("Select all"), {}, {key(Qt::CTRL | Qt::Key_A)}, [scene] { scene->selectAll(); });
    comment = add(tr("Add a comment"), QStringLiteral("comment"), {key(Qt::CTRL | Qt::Key_M)}, [this] { addComment(); });
    const auto arrange = [this](canvasarrange::Way way) { return [this, way] { canvasarrange::arrange(m_canvas, way); }; };
    alignLeft = add(tr("Align left edges"), {}, {key(Qt::ALT | Qt::Key_Left)}, arrange(canvasarrange::Way::Left));
    alignTop = add(tr("Align top edges"), {}, {key(Qt::ALT | Qt::Key_Up)}, arrange(canvasarrange::Way::Top));
    alignCentre = add(tr("Align middles"), {}, {}, arrange(canvasarrange::Way::Centre));
    distributeAcross = add(tr("Distribute across"), {}, {}, arrange(canvasarrange::Way::Across));
    distributeDown = add(tr("Distribute down"), {}, {}, arrange(canvasarrange::Way::Down));
    tidy = add(tr("Tidy up"), QStringLiteral("tidy"), {key(Qt::CTRL | Qt::SHIFT | Qt::Key_T)}, [this] { canvasarrange::tidy(m_canvas); });
    fit = add(tr("Show all"), QStringLiteral("fit"), {key(Qt::Key_F), key(Qt::CTRL | Qt::Key_0)}, [this] { m_canvas.fit(); });
    actualSize = add(tr("100 %"), {}, {key(Qt::CTRL | Qt::Key_1)}, [this] { m_canvas.setZoom(1); });
    zoomIn = add(tr("Larger"), {}, {key(Qt::Key_Plus), key(Qt::CTRL | Qt::Key_Plus), key(Qt::CTRL | Qt::Key_Equal)},
                 [this] { m_canvas.setZoom(m_canvas.view().zoom * zoomStep); });
    zoomOut = add(tr("Smaller"), {}, {key(Qt::Key_Minus), key(Qt::CTRL | Qt::Key_Minus)},
                  [this] { m_canvas.setZoom(m_canvas.view().zoom / zoomStep); });
    tap = add(tr("Look at what passes here"), QStringLiteral("eye"), {key(Qt::Key_T)}, [this] { tapSelected(); });
    test = add(tr("Put in a test record…"), QStringLiteral("play"), {key(Qt::SHIFT | Qt::Key_T)},
               [scene, this] { Q_EMIT m_canvas.testRequested(scene->selected().size() == 1 ? *scene->selected().begin() : std::string()); });
    filterView = add(tr("Filter a view by this"), QStringLiteral("search"), {}, [this] { Q_EMIT m_canvas.filterRequested(expressionOf(*m_canvas.scene())); });
    connect(scene, &ChainScene::stepDone, this, &CanvasActions::update);
    connect(scene, &ChainScene::selectionChanged, this, &CanvasActions::update);
    update();
}

QAction *CanvasActions::add(const QString &words, const QString &icon, const QList<QKeySequence> &keys, std::function<void()> act)
{
    auto *action = new QAction(words, this);
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcuts(keys);
    action->setToolTip(keys.isEmpty() ? words : tr("%1 (%2)").arg(words, keys.front().toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, std::move(act));
    m_all << action;
    return action;
}

void CanvasActions::update()
{
    const ChainScene &scene = *m_canvas.scene();
    const ChainEditor &editor = scene.editor();
    undo->setEnabled(editor.canUndo());
    redo->setEnabled(editor.canRedo());
    undo->setToolTip(tr("%1 (Ctrl+Z)").arg(stepWords(tr("Undo"), editor.undoWords())));
    redo->setToolTip(tr("%1 (Ctrl+Shift+Z)").arg(stepWords(tr("Redo"), editor.redoWords())));
    const std::size_t selected = scene.selected().size();
    for (QAction *action : {cut, copy, duplicate})
        action->setEnabled(selected > 0);
    for (QAction *action : {remove, removeAlone})
        action->setEnabled(selected > 0 || scene.selectedWire());
    for (QAction *action : {alignLeft, alignTop, alignCentre})
        action->setEnabled(selected > 1);
    for (QAction *action : {distributeAcross, distributeDown})
        action->setEnabled(selected > 2);
    filterView->setEnabled(!expressionOf(scene).isEmpty());
    tap->setEnabled(scene.selectedWire() || !wiresOf(scene).empty());
    test->setEnabled(!scene.nodes().empty());
    for (QAction *action : {selectAll, tidy, fit})
        action->setEnabled(!scene.isEmpty());
}

void CanvasActions::fillMenu(QMenu &menu)
{
    const bool hasSelection = !m_canvas.scene()->selected().empty();
    if (hasSelection) {
        menu.addActions({cut, copy, duplicate});
        menu.addSeparator();
        menu.addActions({remove, removeAlone});
        menu.addSeparator();
        QMenu *arrange = menu.addMenu(tr("Arrange"));
        arrange->addActions({alignLeft, alignTop, alignCentre});
        arrange->addSeparator();
        arrange->addActions({distributeAcross, distributeDown});
        menu.addAction(comment);
        menu.addSeparator();
        for (QAction *action : {test, tap, filterView}) {
            if (action->isEnabled())
                menu.addAction(action);
        }
    } else if (m_canvas.scene()->selectedWire()) {
        menu.addAction(tap);
        menu.addSeparator();
        menu.addAction(remove);
    } else {
        menu.addActions({undo, redo});
        menu.addSeparator();
        menu.addActions({paste, comment, selectAll});
        menu.addSeparator();
        menu.addActions({tidy, fit, actualSize});
    }
}

QAction *CanvasActions::find(const QKeyEvent &event) const
{
    // A digit of the keypad is a digit.
    const QKeySequence pressed(static_cast<int>(event.modifiers() & ~Qt::KeypadModifier) | event.key());
    // Plus is where another layout has it with Shift.
    const QKeySequence unshifted(static_cast<int>(event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) | event.key());
    for (QAction *action : m_all) {
        if (action->shortcuts().contains(pressed) ||
            ((event.key() == Qt::Key_Plus || event.key() == Qt::Key_Minus) && action->shortcuts().contains(unshifted)))
            return action;
    }
    return nullptr;
}

void CanvasActions::trigger(QAction *action)
{
    // Without the mouse: what is half done would be lost.
    if (action->isEnabled() && !m_canvas.mouse().isBusy())
        action->trigger();
}

void CanvasActions::tapSelected()
{
    const ChainScene &scene = *m_canvas.scene();
    if (scene.selectedWire()) {
        Q_EMIT m_canvas.tapRequested(Wire(*scene.selectedWire()));
        return;
    }
    const std::vector<Wire> wires = wiresOf(scene);
    if (wires.size() == 1) {
        Q_EMIT m_canvas.tapRequested(wires.front());
        return;
    }
    auto *menu = new QMenu(&m_canvas);
    menu->setObjectName(QStringLiteral("wires"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Wire &wire : wires) {
        QString words = tr("What passes from %1 to %2").arg(QString::fromStdString(wire.from), QString::fromStdString(wire.to));
        menu->addAction(words.replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, wire] { Q_EMIT m_canvas.tapRequested(wire); });
    }
    menu->setActiveAction(menu->actions().front());
    menu->popup(m_canvas.mapToGlobal(m_canvas.view().toView(scene.boundsOf(scene.selectedIds()).center()).toPoint()));
}

void CanvasActions::removeSelected(bool heal)
{
    ChainScene &scene = *m_canvas.scene();
    if (scene.selectedWire())
        m_canvas.report(scene.editor().disconnect(Wire(*scene.selectedWire())));
    else if (!scene.selected().empty())
        m_canvas.report(scene.editor().remove(scene.selectedIds(), heal));
}

void CanvasActions::addComment()
{
    ChainScene &scene = *m_canvas.scene();
    ChainComment made;
    if (scene.selected().empty()) {
        const QPointF corner = m_canvas.pointer();
        made.x = qRound(corner.x() / ChainLayout::grid) * ChainLayout::grid;
        made.y = qRound(corner.y() / ChainLayout::grid) * ChainLayout::grid;
    } else {
        // Around what is selected: its group from now on.
        const QRectF group = scene.boundsOf(scene.selectedIds()).adjusted(-groupMargin, -groupHead, groupMargin, groupMargin);
        made.x = group.x();
        made.y = group.y();
        made.width = group.width();
        made.height = group.height();
    }
    const std::string id = scene.editor().addComment(std::move(made));
    scene.select({id});
    m_canvas.editComment(id);
}

} // namespace sluice
