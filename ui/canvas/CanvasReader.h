#pragma once

#include <QAccessibleWidget>

#include <string>
#include <unordered_map>

namespace sluice {

class ChainCanvas;

/// A canvas for screen readers: a list with an entry for each node, which says what it is, what it will do, how it is and what is
/// wrong with it. For the UI thread.
class CanvasReader : public QAccessibleWidget
{
public:
    /// Makes readers for all canvases from now on.
    static void install();
    /// A node got the keyboard.
    static void announce(ChainCanvas &canvas, const std::string &id);

    explicit CanvasReader(ChainCanvas *canvas);
    ~CanvasReader() override;

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

private:
    class Entry;

    ChainCanvas *canvas() const;
    int indexOf(const std::string &id) const;

    /// Made when somebody asks, one for each place in the chain; they belong to Qt's cache.
    mutable std::unordered_map<int, QAccessible::Id> m_entries;
};

} // namespace sluice
