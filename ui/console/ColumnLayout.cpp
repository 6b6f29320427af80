#include "console/ColumnLayout.h"

#include "console/RecordDelegate.h"
#include "console/RecordTableModel.h"

#include <QFontMetrics>
#include <QHeaderView>
#include <QScopedValueRollback>

namespace sluice {

namespace {

constexpr int maxFittedWidth = 1200;
constexpr int minLastWidth = 160;

} // namespace

ColumnLayout::ColumnLayout(QHeaderView *header, RecordTableModel *model, QWidget *table)
    : QObject(table), m_header(header), m_model(model), m_table(table)
{
    const auto changes = [this] {
        if (!m_setting)
            Q_EMIT changed();
    };
    connect(header, &QHeaderView::sectionResized, this, changes);
    connect(header, &QHeaderView::sectionMoved, this, changes);
}

int ColumnLayout::titleWidth(int column) const
{
    const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    return m_header->fontMetrics().horizontalAdvance(title) + 20;
}

int ColumnLayout::usualWidth(int column) const
{
    const int digit = m_table->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    int width = 0;
    switch (m_model->column(column).kind()) {
    case ViewColumn::Kind::Time: {
        const TimeFormat &format = m_model->timeFormat();
        const qsizetype digits = format.kind == TimeFormat::Kind::Clock
                                     ? words::clockTime(0, format).size()
                                     : qMax<qsizetype>(10, format.digits + 8);
        width = digit * static_cast<int>(digits) + 2 * RecordDelegate::padding + 4;
        break;
    }
    case ViewColumn::Kind::Level:
        width = 52;
        break;
    case ViewColumn::Kind::Logger:
        width = digit * 18 + 2 * RecordDelegate::padding;
        break;
    case ViewColumn::Kind::Message:
        width = digit * 60;
        break;
    case ViewColumn::Kind::Field:
        width = digit * 14;
        break;
    }
    return qMax(width, titleWidth(column));
}

std::vector<ViewColumn> ColumnLayout::columns() const
{
    std::vector<ViewColumn> columns;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int logical = m_header->logicalIndex(visual);
        ViewColumn column = m_model->column(logical);
        // What is usual here may be too little with another's fonts.
        const bool isUsual = visual + 1 == m_header->count() || m_header->sectionSize(logical) == m_usual.value(logical);
        column.width = isUsual ? 0 : m_header->sectionSize(logical);
        columns.push_back(std::move(column));
    }
    return columns;
}

void ColumnLayout::set(std::vector<ViewColumn> columns)
{
    if (columns.empty())
        columns = viewcolumns::standard();
    {
        const QScopedValueRollback setting(m_setting, true);
        // The order that the reader made by dragging becomes the model's own.
        for (int i = 0; i < m_header->count(); ++i)
            m_header->moveSection(m_header->visualIndex(i), i);
        m_model->setColumns(std::move(columns));
        m_usual.clear();
        for (int i = 0; i < m_header->count(); ++i) {
            // The last one takes what is left; no room at all would hide it.
            const bool last = i + 1 == m_header->count();
            const int width = m_model->column(i).width;
            m_usual << usualWidth(i);
            m_header->resizeSection(i, last ? minLastWidth : width > 0 ? width : m_usual[i]);
        }
    }
    Q_EMIT changed();
}

int ColumnLayout::find(ViewColumn::Kind kind) const
{
    for (int i = 0; i < m_model->columnCount(); ++i) {
        if (m_model->column(i).kind() == kind)
            return i;
    }
    return -1;
}

void ColumnLayout::resetWidths(ViewColumn::Kind kind)
{
    for (int i = 0; i < m_header->count(); ++i) {
        if (m_model->column(i).kind() != kind)
            continue;
        if (i < m_usual.size())
            m_usual[i] = usualWidth(i);
        m_header->resizeSection(i, usualWidth(i));
    }
}

void ColumnLayout::fit(int column, int firstRow, int endRow)
{
    int width = titleWidth(column);
    if (m_model->column(column).kind() == ViewColumn::Kind::Level)
        width = usualWidth(column);
    else
        for (int row = firstRow; row < endRow; ++row)
            width = qMax(width, m_table->fontMetrics().horizontalAdvance(m_model->cellText(row, column)) +
                                    2 * RecordDelegate::padding + 2);
    m_header->resizeSection(column, qMin(width, maxFittedWidth));
}

} // namespace sluice
