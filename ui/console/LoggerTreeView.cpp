#include "console/LoggerTreeView.h"

#include "console/LoggerTreeModel.h"
#include "console/Words.h"
#include "look/Appearance.h"
#include "look/Icons.h"
#include "look/RowGround.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

#include <algorithm>

namespace sluice {

namespace {

constexpr int indent = 16;
constexpr int maxOpened = 40;

/// A logger's name, and how many records it has at the right.
class LoggerDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Appearance::theme();
        const auto rows = index.data(LoggerTreeModel::RowsRole).toULongLong();
        const bool selected = paintRowGround(painter, option);
        const QFont small = Appearance::smallFont();
        const QString count = words::count(rows);
        const int countWidth = QFontMetrics(small).horizontalAdvance(count);
        const QRect inner = option.rect.adjusted(4, 0, -12, 0);
        painter->setFont(small);
        painter->setPen(theme.color(selected ? "selectionText" : "secondary"));
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight, count);
        const QRect nameRect = inner.adjusted(0, 0, -countWidth - 8, 0);
        painter->setFont(option.font);
        painter->setPen(theme.color(selected ? "selectionText" : rows ? "text" : "disabled"));
        const QString name =
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, nameRect.width());
        painter->drawText(nameRect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, name);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {80, qMax(24, option.fontMetrics.height() + 6)};
    }
};

} // namespace

LoggerTreeView::LoggerTreeView(LoggerTreeModel *model, QWidget *parent) : QTreeView(parent)
{
    setObjectName(QStringLiteral("loggerTree"));
    setAccessibleName(tr("Loggers"));
    setModel(model);
    setItemDelegate(new LoggerDelegate(this));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setSelectionMode(ExtendedSelection);
    setIndentation(indent);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setToolTip(tr("Select loggers to see their records, and their children's, alone"));
    // Branches open by themselves as they come, as long as they are few; a reader who folds one has the last
    // word.
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &parent) {
        if (parent.isValid() && this->model()->rowCount(parent) == 1 && m_opened < maxOpened) {
            ++m_opened;
            expand(parent);
        }
        if (!m_wanted.isEmpty())
            selectWanted();
    });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const QStringList now = picked();
        if (m_picking || now == m_picked)
            return;
        m_picked = now;
        m_wanted.clear();
        Q_EMIT pickedChanged(now);
    });
}

QStringList LoggerTreeView::picked() const
{
    QStringList names;
    for (const QModelIndex &index : selectionModel()->selectedIndexes()) {
        const QString name = index.data(LoggerTreeModel::FullNameRole).toString();
        if (name.isEmpty())
            return {};
        names << name;
    }
    names.sort();
    return names;
}

void LoggerTreeView::pick(const QStringList &fullNames)
{
    m_picked = m_wanted = fullNames;
    m_picked.sort();
    selectWanted();
}

void LoggerTreeView::selectWanted()
{
    const QScopedValueRollback picking(m_picking, true);
    const auto *loggers = static_cast<const LoggerTreeModel *>(model());
    selectionModel()->clear();
    if (m_wanted.isEmpty()) {
        selectionModel()->setCurrentIndex(model()->index(0, 0), QItemSelectionModel::ClearAndSelect);
        return;
    }
    for (const QString &name : m_wanted) {
        if (const QModelIndex index = loggers->find(name); index.isValid())
            selectionModel()->select(index, QItemSelectionModel::Select);
    }
}

void LoggerTreeView::pickAll()
{
    selectionModel()->setCurrentIndex(model()->index(0, 0), QItemSelectionModel::ClearAndSelect);
}

void LoggerTreeView::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const Theme &theme = Appearance::theme();
    if (selectionModel()->isSelected(index))
        painter->fillRect(rect, theme.color("selection"));
    if (!model()->hasChildren(index))
        return;
    const QString icon = isExpanded(index) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
    const QPixmap pixmap = tintedPixmap(icon, 12, devicePixelRatioF(), theme.color("secondary"));
    painter->drawPixmap(rect.right() - 12, rect.center().y() - 6, pixmap);
}

void LoggerTreeView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        pickAll();
    else
        QTreeView::keyPressEvent(event);
}

} // namespace sluice
