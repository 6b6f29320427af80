#include "console/LineView.h"

#include <QAccessible>
#include <QHeaderView>
#include <QPainter>
#include <QPaintEvent>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

/// A product that may not fit.
int clamped(qint64 pixels)
{
    constexpr qint64 limit = std::numeric_limits<int>::max() / 2;
    return static_cast<int>(std::clamp(pixels, -limit, limit));
}

} // namespace

LineView::LineView(QWidget *parent)
    : QAbstractItemView(parent), m_header(new QHeaderView(Qt::Horizontal, this)), m_corner(new QWidget(this))
{
    m_corner->setObjectName(QStringLiteral("headerCorner"));
    m_corner->setAttribute(Qt::WA_StyledBackground);
    setFrameShape(NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    m_header->setHighlightSections(false);
    m_header->setStretchLastSection(true);
    m_header->setSectionResizeMode(QHeaderView::Interactive);
    m_header->setSectionsMovable(true);
    m_header->setMinimumSectionSize(40);
    const auto again = [this] {
        scheduleDelayedItemsLayout();
        viewport()->update();
    };
    connect(m_header, &QHeaderView::sectionResized, this, again);
    connect(m_header, &QHeaderView::sectionMoved, this, again);
    connect(m_header, &QHeaderView::sectionCountChanged, this, again);
    connect(m_header, &QHeaderView::geometriesChanged, this, again);
}

// The header is hidden, and tells so, when nothing is left of the view but a QWidget.
LineView::~LineView() { m_header->disconnect(this); }

void LineView::setModel(QAbstractItemModel *model)
{
    QAbstractItemView::setModel(model);
    m_header->setModel(model);
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] { scheduleDelayedItemsLayout(); });
}

int LineView::rows() const { return model() ? model()->rowCount() : 0; }

int LineView::rowHeight(int) const { return m_lineHeight; }

void LineView::setLineHeight(int height)
{
    m_lineHeight = height;
    scheduleDelayedItemsLayout();
}

void LineView::setGutter(int width)
{
    m_gutter = width;
    scheduleDelayedItemsLayout();
}

int LineView::columnLeft(int column) const { return m_gutter + m_header->sectionViewportPosition(column); }

int LineView::topOf(int row) const
{
    const int top = verticalScrollBar()->value();
    if (row <= top)
        return clamped(qint64{row - top} * m_lineHeight);
    int y = 0;
    int at = top;
    for (; at < row && y < viewport()->height(); ++at)
        y += rowHeight(at);
    return clamped(y + qint64{row - at} * m_lineHeight);
}

int LineView::rowAtHeight(int y) const
{
    const int top = verticalScrollBar()->value();
    if (y < 0)
        return top - (-y + m_lineHeight - 1) / m_lineHeight;
    int at = top;
    int bottom = 0;
    for (; bottom < viewport()->height(); ++at) {
        bottom += at < rows() ? rowHeight(at) : m_lineHeight;
        if (y < bottom)
            return at;
    }
    return at + (y - bottom) / m_lineHeight;
}

int LineView::rowAt(int y) const
{
    const int row = rowAtHeight(y);
    return row >= 0 && row < rows() ? row : -1;
}

int LineView::topToEndWith(int row) const
{
    int room = viewport()->height() - rowHeight(row);
    while (row > 0 && room >= rowHeight(row - 1))
        room -= rowHeight(--row);
    return row;
}

QRect LineView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || index.model() != model())
        return {};
    return {columnLeft(index.column()), topOf(index.row()), m_header->sectionSize(index.column()),
            rowHeight(index.row())};
}

QModelIndex LineView::indexAt(const QPoint &point) const
{
    const int row = rowAt(point.y());
    if (row < 0)
        return {};
    // All of a row is the row: also where no column is.
    const int column = m_header->logicalIndexAt(point.x() - m_gutter);
    return model()->index(row, column >= 0 && point.x() >= m_gutter ? column : 0);
}

void LineView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    executeDelayedItemsLayout();
    QScrollBar *bar = verticalScrollBar();
    const int row = index.row();
    const int endsWith = topToEndWith(row);
    switch (hint) {
    case EnsureVisible:
        if (row < bar->value())
            bar->setValue(row);
        else if (bar->value() < endsWith)
            bar->setValue(endsWith);
        break;
    case PositionAtTop:
        bar->setValue(row);
        break;
    case PositionAtBottom:
        bar->setValue(endsWith);
        break;
    case PositionAtCenter:
        bar->setValue((row + endsWith) / 2);
        break;
    }
}

void LineView::selectRow(int row) { setCurrentIndex(model()->index(row, 0)); }

QModelIndex LineView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int count = rows();
    if (count == 0)
        return {};
    const QModelIndex current = currentIndex();
    const int from = current.isValid() ? current.row() : verticalScrollBar()->value() - 1;
    const int page = qMax(1, viewport()->height() / m_lineHeight - 1);
    qint64 row = from;
    switch (action) {
    case MoveUp:
        row -= 1;
        break;
    case MoveDown:
        row += 1;
        break;
    case MovePageUp:
        row -= page;
        break;
    case MovePageDown:
        row += page;
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = count - 1;
        break;
    default:
        return current;
    }
    const int to = static_cast<int>(std::clamp<qint64>(row, 0, count - 1));
    return model()->index(to, current.isValid() ? current.column() : 0);
}

int LineView::horizontalOffset() const { return m_header->offset(); }

int LineView::verticalOffset() const { return verticalScrollBar()->value(); }

void LineView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const QRect area = rect.normalized();
    const int first = qMax(0, rowAtHeight(area.top()));
    const int last = qMin(rows() - 1, rowAtHeight(area.bottom()));
    QItemSelection selection;
    if (first <= last)
        selection.select(model()->index(first, 0), model()->index(last, model()->columnCount() - 1));
    selectionModel()->select(selection, command);
}

QRegion LineView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection) {
        const int top = topOf(range.top());
        const int bottom = clamped(qint64{topOf(range.bottom())} + rowHeight(range.bottom()));
        region += QRect(0, top, viewport()->width(), bottom - top).intersected(viewport()->rect());
    }
    return region;
}

void LineView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    int y = 0;
    for (int row = verticalScrollBar()->value(), end = rows(); row < end && y <= event->rect().bottom(); ++row) {
        const QRect rect(0, y, viewport()->width(), rowHeight(row));
        if (rect.intersects(event->rect()))
            paintRow(painter, row, rect);
        y += rect.height();
    }
}

void LineView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
}

void LineView::scrollContentsBy(int, int)
{
    m_header->setOffset(horizontalScrollBar()->value());
    viewport()->update();
}

void LineView::rowsInserted(const QModelIndex &parent, int first, int last)
{
    QAbstractItemView::rowsInserted(parent, first, last);
    scheduleDelayedItemsLayout();
}

void LineView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &)
{
    if (!topLeft.isValid() || !bottomRight.isValid())
        return viewport()->update();
    const int first = qMax(topLeft.row(), verticalScrollBar()->value());
    const int last = qMin(bottomRight.row(), rowAtHeight(viewport()->height()));
    if (first > last)
        return;
    const int top = topOf(first);
    viewport()->update(0, top, viewport()->width(), topOf(last) + rowHeight(last) - top);
#if QT_CONFIG(accessibility)
    if (!QAccessible::isActive())
        return;
    QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::DataChanged);
    event.setFirstRow(first);
    event.setFirstColumn(topLeft.column());
    event.setLastRow(last);
    event.setLastColumn(bottomRight.column());
    QAccessible::updateAccessibility(&event);
#endif
}

void LineView::updateGeometries()
{
    if (m_updating)
        return;
    const QScopedValueRollback updating(m_updating, true);
    const int headerHeight = m_header->sizeHint().height();
    setViewportMargins(0, headerHeight, 0, 0);
    const QRect area = viewport()->geometry();
    m_corner->setGeometry(area.left(), area.top() - headerHeight, m_gutter, headerHeight);
    m_header->setGeometry(area.left() + m_gutter, area.top() - headerHeight, area.width() - m_gutter,
                          headerHeight);

    const int room = qMax(0, area.width() - m_gutter);
    horizontalScrollBar()->setPageStep(room);
    horizontalScrollBar()->setSingleStep(20);
    horizontalScrollBar()->setRange(0, qMax(0, m_header->length() - room));
    m_header->setOffset(horizontalScrollBar()->value());

    const int count = rows();
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setPageStep(qMax(1, viewport()->height() / m_lineHeight));
    verticalScrollBar()->setRange(0, count > 0 ? topToEndWith(count - 1) : 0);
    QAbstractItemView::updateGeometries();
}

} // namespace sluice
