#include "console/RecordTable.h"

#include "console/ColumnLayout.h"
#include "console/Marks.h"
#include "console/ReconnectLine.h"
#include "console/RecordDelegate.h"
#include "look/Appearance.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace sluice {

namespace {

constexpr int gutterWidth = 20;
constexpr int furtherLinesMargin = 4;

} // namespace

RecordTable::RecordTable(RecordTableModel *model, Marks *marks, QWidget *parent)
    : LineView(parent), m_model(model), m_marks(marks), m_delegate(new RecordDelegate(this)),
      m_highlighter(model->store()), m_columns(new ColumnLayout(header(), model, this))
{
    setAccessibleName(tr("Records"));
    setItemDelegate(m_delegate);
    m_delegate->setHighlighter(&m_highlighter);
    setModel(model);
    setGutter(gutterWidth);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setAccessibleName(tr("Columns"));
    updateMeasures();
    m_columns->set(viewcolumns::standard());

    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &RecordTable::scrolled);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &RecordTable::rememberPlace);
    connect(model, &RecordTableModel::refiltered, this, [this] { m_restoring = true; });
    connect(model, &RecordTableModel::evicting, this, [this](int rows) {
        m_topBeforeEviction = verticalScrollBar()->value();
        // Left alone, Qt would make the next record current, and then the next.
        if (currentIndex().isValid() && currentIndex().row() < rows) {
            const QScopedValueRollback evicting(m_evictingCurrent, true);
            selectionModel()->clear();
        }
    });
    connect(model, &RecordTableModel::evicted, this, [this](int rows) {
        m_folds.removeBelow(m_model->snapshot().firstRow());
        if (!m_following)
            scrollWithoutReader(qMax(0, m_topBeforeEviction - rows));
    });
    connect(model, &RecordTableModel::rearranging, this, &RecordTable::beginRearranging);
    connect(model, &RecordTableModel::rearranged, this, &RecordTable::endRearranging);
    connect(marks, &Marks::changed, viewport(), qOverload<>(&QWidget::update));
    connect(header(), &QHeaderView::sectionHandleDoubleClicked, this, &RecordTable::fitColumn);
    connect(header(), &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        Q_EMIT headerMenuRequested(header()->mapToGlobal(position));
    });
    connect(m_columns, &ColumnLayout::changed, this, &RecordTable::layoutChanged);
    m_ageTimer.setInterval(1000);
    connect(&m_ageTimer, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
}

void RecordTable::updateMeasures()
{
    const QScopedValueRollback adjusting(m_adjusting, true);
    setFont(Appearance::logFont());
    // 22 px at 100 %, more with a larger font.
    setLineHeight(qMax(22, fontMetrics().height() + 6));
    header()->setFont(Appearance::smallFont());
}

void RecordTable::fitColumn(int column)
{
    const int top = verticalScrollBar()->value();
    m_columns->fit(column, top, qMin(m_model->rowCount(), top + viewport()->height() / lineHeight() + 1));
}

void RecordTable::setTimeFormat(const TimeFormat &format)
{
    m_model->setTimeFormat(format);
    if (format.kind == TimeFormat::Kind::Ago)
        m_ageTimer.start();
    else
        m_ageTimer.stop();
    m_columns->resetWidths(ViewColumn::Kind::Time);
    header()->viewport()->update();
    viewport()->update();
    Q_EMIT layoutChanged();
}

void RecordTable::setReference(std::optional<std::uint64_t> row)
{
    m_model->setReference(row);
    setTimeFormat(m_model->timeFormat());
}

void RecordTable::setFound(const FoundText &found)
{
    if (found == m_found)
        return;
    m_found = found;
    m_delegate->setFound(found);
    viewport()->update();
    Q_EMIT foundChanged();
}

void RecordTable::setHighlightRules(const HighlightRules &rules)
{
    m_highlighter.setRules(rules);
    viewport()->update();
}

bool RecordTable::isUnfolded(int row) const { return m_folds.isUnfolded(m_model->rowNumber(row)); }

void RecordTable::setUnfolded(int row, bool unfolded)
{
    const std::uint64_t number = m_model->rowNumber(row);
    const std::size_t lines = unfolded ? m_model->furtherLines(row) : 0;
    if (unfolded == m_folds.isUnfolded(number) || (unfolded && lines == 0))
        return;
    if (unfolded)
        m_folds.unfold(number, lines);
    else
        m_folds.fold(number);
    updateGeometries();
    viewport()->update();
}

int RecordTable::rowHeight(int row) const
{
    if (m_folds.isEmpty())
        return lineHeight();
    const std::size_t lines = m_folds.lines(m_model->rowNumber(row));
    if (lines == 0)
        return lineHeight();
    // Higher than the view it could not be seen whole, since rows are scrolled one by one.
    const int spacing = fontMetrics().lineSpacing();
    const int room = qMax(3, (viewport()->height() - 3 * lineHeight()) / spacing);
    return lineHeight() + qMin(static_cast<int>(qMin<std::size_t>(lines, 10'000)), room) * spacing + furtherLinesMargin;
}

void RecordTable::paintRow(QPainter &painter, int row, const QRect &rect)
{
    const bool selected = selectionModel()->isRowSelected(row);
    m_delegate->paintBackground(painter, rect, *m_model, row, selected);
    const std::uint64_t number = m_model->rowNumber(row);
    const QRect gutterCell(0, rect.top(), gutter(), lineHeight());
    if (m_marks->contains(number))
        m_delegate->paintMark(painter, gutterCell, !m_marks->note(number).isEmpty());
    if (m_model->reference() == number)
        m_delegate->paintReference(painter, gutterCell);
    painter.save();
    painter.setClipRect(rect.adjusted(gutter(), 0, 0, 0));
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.state.setFlag(QStyle::State_Selected, selected);
    for (int visual = 0; visual < header()->count(); ++visual) {
        const int column = header()->logicalIndex(visual);
        option.rect = QRect(columnLeft(column), rect.top(), header()->sectionSize(column), lineHeight());
        if (option.rect.right() >= gutter() && option.rect.left() <= rect.right())
            m_delegate->paint(&painter, option, m_model->index(row, column));
    }
    if (rect.height() > lineHeight()) {
        const int column = m_columns->find(ViewColumn::Kind::Message);
        const int left = (column < 0 ? gutter() : columnLeft(column)) + RecordDelegate::padding;
        const QRect area(left, rect.top() + lineHeight(), qMax(200, rect.right() - left),
                         rect.height() - lineHeight() - furtherLinesMargin + 1);
        m_delegate->paintFurtherLines(painter, area, font(), *m_model, row, selected);
    }
    painter.restore();
    reconnectline::paint(painter, rect.adjusted(gutter(), 0, 0, 0), *m_model, row);
}

void RecordTable::setFollowing(bool following)
{
    if (following)
        scrollWithoutReader(verticalScrollBar()->maximum());
    if (m_following == following)
        return;
    m_following = following;
    Q_EMIT followingChanged(following);
}

void RecordTable::scrolled(int value)
{
    if (!m_adjusting)
        setFollowing(value >= verticalScrollBar()->maximum());
}

void RecordTable::scrollWithoutReader(int value)
{
    const QScopedValueRollback adjusting(m_adjusting, true);
    executeDelayedItemsLayout(); // the range must be that of the rows that are there now
    verticalScrollBar()->setValue(value);
}

void RecordTable::updateGeometries()
{
    // Here the range changes, because rows or the window did: that says nothing about the reader.
    const QScopedValueRollback adjusting(m_adjusting, true);
    LineView::updateGeometries();
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void RecordTable::afterRefresh()
{
    if (m_restoring)
        restorePlace();
    if (m_following && verticalScrollBar()->value() != verticalScrollBar()->maximum())
        scrollWithoutReader(verticalScrollBar()->maximum());
}

std::optional<std::uint64_t> RecordTable::currentRow() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() ? std::optional(m_model->rowNumber(index.row())) : std::nullopt;
}

std::optional<std::uint64_t> RecordTable::topRow() const
{
    const int top = rowAt(0);
    return top >= 0 ? std::optional(m_model->rowNumber(top)) : std::nullopt;
}

void RecordTable::rememberPlace()
{
    // A reader who is still being brought back keeps the place of before.
    if (m_restoring)
        return;
    m_top = topRow();
    if (const auto current = currentRow())
        m_current = current;
    m_currentOffset = currentIndex().isValid() ? currentIndex().row() - rowAt(0) : 0;
}

void RecordTable::restorePlace()
{
    const std::uint64_t goal = std::max(m_current.value_or(0), m_following ? 0 : m_top.value_or(0));
    if (m_model->isToCome(goal))
        return;
    m_restoring = false;
    bool currentShown = false;
    if (m_current && m_model->isShown(*m_current)) {
        currentShown = true;
        const QScopedValueRollback adjusting(m_adjusting, true);
        const QModelIndex index = m_model->index(m_model->indexOf(*m_current), 0);
        selectionModel()->setCurrentIndex(index,
                                          QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    if (m_following)
        return;
    const int visible = qMax(1, viewport()->height() / lineHeight());
    if (currentShown && m_currentOffset >= 0 && m_currentOffset < visible)
        scrollWithoutReader(m_model->indexOf(*m_current) - m_currentOffset);
    else if (m_top)
        scrollWithoutReader(m_model->indexOf(*m_top));
}

void RecordTable::beginRearranging(quint64 firstRow)
{
    m_topBeforeEviction = verticalScrollBar()->value();
    m_topBeforeRearranging = topRow();
    if (currentRow().value_or(firstRow) < firstRow) {
        const QScopedValueRollback evicting(m_evictingCurrent, true);
        selectionModel()->clear();
    }
}

void RecordTable::endRearranging()
{
    m_folds.removeBelow(m_model->snapshot().firstRow());
    if (m_following)
        return;
    const auto top = m_topBeforeRearranging ? m_model->shown().find(*m_topBeforeRearranging) : std::nullopt;
    scrollWithoutReader(top ? static_cast<int>(*top) : m_topBeforeEviction);
}

void RecordTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    LineView::currentChanged(current, previous);
    if (current.isValid())
        m_current = m_model->rowNumber(current.row());
    if (!m_evictingCurrent)
        Q_EMIT currentRowChanged();
}

// Qt would make the first record current, and the detail would show one that nobody picked.
void RecordTable::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

std::vector<std::uint64_t> RecordTable::selectedRows(std::size_t most) const
{
    std::vector<QItemSelectionRange> ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        ranges.push_back(range);
    std::ranges::sort(ranges, {}, &QItemSelectionRange::top);
    std::vector<std::uint64_t> rows;
    for (const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom() && rows.size() < most; ++row)
            rows.push_back(m_model->rowNumber(row));
    }
    // A row whose columns came one by one is in several ranges.
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

std::size_t RecordTable::selectedCount() const
{
    std::size_t count = 0;
    int counted = -1; // a row whose columns came one by one is in several ranges
    const QItemSelection selection = selectionModel()->selection();
    std::vector<QItemSelectionRange> ranges(selection.begin(), selection.end());
    std::ranges::sort(ranges, {}, &QItemSelectionRange::top);
    for (const QItemSelectionRange &range : ranges) {
        const int top = qMax(range.top(), counted + 1);
        count += static_cast<std::size_t>(qMax(0, range.bottom() - top + 1));
        counted = qMax(counted, range.bottom());
    }
    return count;
}

void RecordTable::goTo(std::uint64_t row)
{
    if (!m_model->isShown(row))
        return;
    setFollowing(false);
    const QModelIndex index = m_model->index(m_model->indexOf(row), 0);
    const QScopedValueRollback adjusting(m_adjusting, true);
    // In the middle, unless it is seen already: what led to it is worth seeing.
    const QRect place = visualRect(index);
    const bool seen = place.top() >= 0 && place.bottom() < viewport()->height();
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (!seen)
        scrollTo(index, PositionAtCenter);
}

void RecordTable::keyPressEvent(QKeyEvent *event)
{
    const bool moves = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down ||
                       event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
    if (moves && !currentIndex().isValid() && m_model->rowCount() > 0) {
        // The first such key picks the record at the end of what is in view.
        const int last = rowAt(viewport()->height() - 1);
        setCurrentIndex(m_model->index(last < 0 ? m_model->rowCount() - 1 : last, 0));
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested();
        return;
    }
    const bool folds = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (folds && event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
        setUnfolded(currentIndex().row(), event->key() == Qt::Key_Right);
        scrollTo(currentIndex());
        return;
    }
    if ((event->key() == Qt::Key_End || event->key() == Qt::Key_Home) && event->modifiers() == Qt::NoModifier) {
        // The table's own keys go to the last column; here they go to the last record.
        const int row = event->key() == Qt::Key_End ? m_model->rowCount() - 1 : 0;
        if (row >= 0)
            setCurrentIndex(m_model->index(row, 0));
        scrollTo(currentIndex());
        setFollowing(event->key() == Qt::Key_End || verticalScrollBar()->maximum() == 0);
        return;
    }
    LineView::keyPressEvent(event);
}

bool RecordTable::pressedMarker(const QPoint &position)
{
    const int row = rowAt(position.y());
    const int column = m_columns->find(ViewColumn::Kind::Message);
    if (row < 0 || column < 0)
        return false;
    const QRect cell = visualRect(m_model->index(row, column));
    const QRect first(cell.left(), cell.top(), cell.width(), lineHeight());
    if (!m_delegate->foldMarkerRect(first, font(), *m_model, row).adjusted(-4, 0, 4, 0).contains(position))
        return false;
    setUnfolded(row, !isUnfolded(row));
    return true;
}

void RecordTable::mousePressEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier) {
        if (const int row = rowAt(position.y()); position.x() < gutter() && row >= 0) {
            m_marks->toggle(m_model->rowNumber(row));
            return;
        }
        if (pressedMarker(position))
            return;
    }
    LineView::mousePressEvent(event);
}

void RecordTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    const int row = rowAt(position.y());
    if (event->button() != Qt::LeftButton || row < 0)
        return;
    // Two quick clicks there are two clicks.
    if (position.x() < gutter())
        m_marks->toggle(m_model->rowNumber(row));
    else if (!pressedMarker(position))
        Q_EMIT noteRequested(m_model->rowNumber(row));
}

void RecordTable::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid())
        position = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft() + QPoint(gutter(), 0));
    Q_EMIT menuRequested(position);
}

bool RecordTable::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int row = rowAt(help->pos().y());
        if (row >= 0 && help->pos().x() < gutter()) {
            const QString note = m_marks->note(m_model->rowNumber(row));
            QToolTip::showText(help->globalPos(), note.isEmpty() ? tr("Click to mark (M)") : note, viewport());
            return true;
        }
    }
    return LineView::viewportEvent(event);
}

void RecordTable::changeEvent(QEvent *event)
{
    LineView::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        updateMeasures();
}

} // namespace sluice
