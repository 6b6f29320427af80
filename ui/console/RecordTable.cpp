#include "console/RecordTable.h"

#include "console/RecordDelegate.h"
#include "shell/Appearance.h"
#include "shell/Icons.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace sluice {

namespace {

/// Copying a million records would freeze the window and the next program that pastes them.
constexpr int maxCopiedRows = 100'000;

} // namespace

RecordTable::RecordTable(RecordTableModel *model, QWidget *parent) : QTableView(parent), m_model(model)
{
    setAccessibleName(tr("Records"));
    setItemDelegate(new RecordDelegate(this));
    setModel(model);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setMinimumSectionSize(40);
    updateMeasures();
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    setColumnWidth(RecordTableModel::TimeColumn, digit * 12 + 2 * RecordDelegate::padding + 4);
    setColumnWidth(RecordTableModel::LevelColumn,
                   qMax(52, horizontalHeader()->fontMetrics().horizontalAdvance(tr("Level")) + 20));
    setColumnWidth(RecordTableModel::NameColumn, digit * 18 + 2 * RecordDelegate::padding);

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
        if (!m_following)
            scrollWithoutReader(qMax(0, m_topBeforeEviction - rows));
    });
}

void RecordTable::updateMeasures()
{
    const QScopedValueRollback adjusting(m_adjusting, true);
    setFont(Appearance::logFont());
    // 22 px at 100 %, more with a larger font.
    const int height = qMax(22, fontMetrics().height() + 6);
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    horizontalHeader()->setFont(Appearance::smallFont());
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
    QTableView::updateGeometries();
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
    const bool found = m_model->rowCount() > 0 && m_model->rowNumber(m_model->rowCount() - 1) >= goal;
    if (!found && m_model->isSearching())
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
    const int visible = qMax(1, viewport()->height() / qMax(1, rowHeight(0)));
    if (currentShown && m_currentOffset >= 0 && m_currentOffset < visible)
        scrollWithoutReader(m_model->indexOf(*m_current) - m_currentOffset);
    else if (m_top)
        scrollWithoutReader(m_model->indexOf(*m_top));
}

void RecordTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
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

void RecordTable::keyPressEvent(QKeyEvent *event)
{
    const bool moves = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down ||
                       event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
    if (moves && !currentIndex().isValid() && m_model->rowCount() > 0) {
        // The first step begins where the reader looks.
        const int top = qMax(0, rowAt(0));
        setCurrentIndex(m_model->index(m_following ? m_model->rowCount() - 1 : top, 0));
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if (event->key() == Qt::Key_End || event->key() == Qt::Key_Home) {
        // The table's own keys go to the last column; here they go to the last record.
        const int row = event->key() == Qt::Key_End ? m_model->rowCount() - 1 : 0;
        if (row >= 0)
            setCurrentIndex(m_model->index(row, 0));
        scrollTo(currentIndex());
        setFollowing(event->key() == Qt::Key_End || verticalScrollBar()->maximum() == 0);
        return;
    }
    QTableView::keyPressEvent(event);
}

void RecordTable::copySelection() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList texts;
    for (const QModelIndex &index : rows) {
        if (texts.size() == maxCopiedRows)
            break;
        texts << m_model->text(index.row());
    }
    if (!texts.isEmpty())
        QGuiApplication::clipboard()->setText(texts.join(QLatin1Char('\n')));
}

void RecordTable::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *copy =
        menu.addAction(themedIcon(QStringLiteral("copy")), tr("Copy"), this, &RecordTable::copySelection);
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(selectionModel()->hasSelection());
    menu.exec(event->globalPos());
}

void RecordTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        updateMeasures();
}

} // namespace sluice
