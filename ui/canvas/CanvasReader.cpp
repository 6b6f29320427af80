#include "canvas/CanvasReader.h"

#include "canvas/ChainCanvas.h"

namespace sluice {

/// The node at a place in the chain, as long as there is one.
class CanvasReader::Entry : public QAccessibleInterface
{
public:
    Entry(ChainCanvas *canvas, int index) : m_canvas(canvas), m_index(index) {}

    bool isValid() const override { return m_canvas && item(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_canvas ? m_canvas->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_canvas); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        const NodeItem *node = item();
        if (!node)
            return {};
        return kind == QAccessible::Name ? node->spoken() : kind == QAccessible::Description ? node->toolTip() : QString();
    }
    void setText(QAccessible::Text, const QString &) override {}

    QRect rect() const override
    {
        const NodeItem *node = item();
        if (!node)
            return {};
        const QRect here = m_canvas->view().toView(node->rect()).toRect();
        return {m_canvas->mapToGlobal(here.topLeft()), here.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        const NodeItem *node = item();
        state.focusable = true;
        state.selectable = true;
        if (!node) {
            state.invalid = true;
            return state;
        }
        state.selected = m_canvas->scene()->isSelected(node->id());
        state.focused = m_canvas->hasFocus() && m_canvas->scene()->current() == node->id();
        return state;
    }

    int index() const { return m_index; }

private:
    const NodeItem *item() const
    {
        if (!m_canvas)
            return nullptr;
        const auto &nodes = m_canvas->scene()->nodes();
        return static_cast<std::size_t>(m_index) < nodes.size() ? &nodes[static_cast<std::size_t>(m_index)] : nullptr;
    }

    QPointer<ChainCanvas> m_canvas;
    int m_index;
};

void CanvasReader::install()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory([](const QString &, QObject *object) -> QAccessibleInterface * {
            auto *canvas = qobject_cast<ChainCanvas *>(object);
            return canvas ? new CanvasReader(canvas) : nullptr;
        });
        return true;
    }();
    Q_UNUSED(isInstalled);
}

void CanvasReader::announce(ChainCanvas &canvas, const std::string &id)
{
    if (!QAccessible::isActive())
        return;
    auto *reader = static_cast<CanvasReader *>(QAccessible::queryAccessibleInterface(&canvas));
    const int index = reader ? reader->indexOf(id) : -1;
    if (index < 0)
        return;
    QAccessibleEvent event(&canvas, QAccessible::Focus);
    event.setChild(index);
    QAccessible::updateAccessibility(&event);
}

CanvasReader::CanvasReader(ChainCanvas *canvas) : QAccessibleWidget(canvas, QAccessible::List) {}

CanvasReader::~CanvasReader()
{
    for (const auto &[index, id] : m_entries)
        QAccessible::deleteAccessibleInterface(id);
}

ChainCanvas *CanvasReader::canvas() const { return static_cast<ChainCanvas *>(widget()); }

int CanvasReader::indexOf(const std::string &id) const
{
    const auto &nodes = canvas()->scene()->nodes();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].id() == id)
            return static_cast<int>(i);
    }
    return -1;
}

int CanvasReader::childCount() const { return static_cast<int>(canvas()->scene()->nodes().size()); }

QAccessibleInterface *CanvasReader::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const auto found = m_entries.find(index);
    if (found != m_entries.end())
        return QAccessible::accessibleInterface(found->second);
    auto *entry = new Entry(canvas(), index);
    m_entries.emplace(index, QAccessible::registerAccessibleInterface(entry));
    return entry;
}

int CanvasReader::indexOfChild(const QAccessibleInterface *child) const
{
    for (const auto &[index, id] : m_entries) {
        if (QAccessible::accessibleInterface(id) == child)
            return index;
    }
    return -1;
}

QAccessibleInterface *CanvasReader::childAt(int x, int y) const
{
    const QPointF at = canvas()->view().toScene(QPointF(canvas()->mapFromGlobal(QPoint(x, y))));
    const NodeItem *node = canvas()->scene()->nodeAt(at);
    return node ? child(indexOf(node->id())) : nullptr;
}

QAccessibleInterface *CanvasReader::focusChild() const
{
    const int index = indexOf(canvas()->scene()->current());
    return index < 0 ? nullptr : child(index);
}

} // namespace sluice
