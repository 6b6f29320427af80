#include "console/FieldTree.h"

#include "console/FieldModel.h"
#include "look/Appearance.h"
#include "look/Icons.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sluice {

namespace {

constexpr int nameIndent = 18;

/// Names in the secondary colour, values in the text's; both in the log's font, so that their lines agree.
class FieldDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->font = Appearance::logFont();
        if (index.column() == FieldModel::ValueColumn) {
            const QString text = index.data(FieldModel::FullTextRole).toString();
            if (text == QStringLiteral("None"))
                option->palette.setColor(QPalette::Text, Appearance::theme().color("disabled"));
        } else {
            option->palette.setColor(QPalette::Text, Appearance::theme().color("secondary"));
        }
        option->textElideMode = Qt::ElideRight;
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(qMax(22, QFontMetrics(Appearance::logFont()).height() + 6));
        return size;
    }
};

} // namespace

FieldTree::FieldTree(QWidget *parent) : QTreeView(parent)
{
    setItemDelegate(new FieldDelegate(this));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setIndentation(nameIndent);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTabKeyNavigation(false);
    connect(this, &QTreeView::expanded, this, &FieldTree::fit);
    connect(this, &QTreeView::collapsed, this, &FieldTree::fit);
}

void FieldTree::setModel(QAbstractItemModel *model)
{
    QTreeView::setModel(model);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(QHeaderView::Interactive);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        expandToDepth(0);
        int width = 0;
        const QFontMetrics metrics(Appearance::logFont());
        bool nested = false;
        const auto measure = [&](const auto &self, const QModelIndex &parent, int depth) -> void {
            for (int row = 0; row < this->model()->rowCount(parent) && row < 200; ++row) {
                const QModelIndex index = this->model()->index(row, 0, parent);
                width = qMax(width, metrics.horizontalAdvance(index.data().toString()) + depth * nameIndent);
                if (this->model()->hasChildren(index)) {
                    nested = true;
                    if (depth < 2)
                        self(self, index, depth + 1);
                }
            }
        };
        measure(measure, {}, 0);
        setRootIsDecorated(nested);
        m_nameWidth = qBound(80, width + (nested ? nameIndent : 0) + 24, 200);
        shareWidth();
        fit();
    });
}

// A header that is hidden stretches no section when the view becomes narrower, and values would end without an ellipsis.
void FieldTree::shareWidth()
{
    const int width = viewport()->width();
    const int names = qMin(m_nameWidth, qMax(80, width / 2));
    header()->resizeSection(FieldModel::NameColumn, names);
    header()->resizeSection(FieldModel::ValueColumn, qMax(header()->minimumSectionSize(), width - names));
}

void FieldTree::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (model())
        shareWidth();
}

QSize FieldTree::sizeHint() const
{
    int rows = 0;
    const auto count = [&](const auto &self, const QModelIndex &parent) -> void {
        const int children = model() ? model()->rowCount(parent) : 0;
        rows += children;
        for (int row = 0; row < children; ++row) {
            const QModelIndex index = model()->index(row, 0, parent);
            if (isExpanded(index))
                self(self, index);
        }
    };
    count(count, {});
    const int height = rows ? rows * rowHeight(model()->index(0, 0)) : 0;
    return {200, height + 2 * frameWidth()};
}

void FieldTree::fit() { updateGeometry(); }

void FieldTree::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    if (!model()->hasChildren(index))
        return;
    const QString icon = isExpanded(index) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
    const QPixmap pixmap =
        tintedPixmap(icon, 12, devicePixelRatioF(), Appearance::theme().color("secondary"));
    painter->drawPixmap(rect.right() - nameIndent + 4, rect.center().y() - 6, pixmap);
}

void FieldTree::copy(int column, int role) const
{
    const QModelIndex index = currentIndex().siblingAtColumn(column);
    if (index.isValid())
        QGuiApplication::clipboard()->setText(index.data(role).toString());
}

void FieldTree::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy(FieldModel::ValueColumn, FieldModel::FullTextRole);
    else
        QTreeView::keyPressEvent(event);
}

void FieldTree::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        return openMenu(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
    if (indexAt(event->pos()).isValid())
        openMenu(event->globalPos());
}

void FieldTree::openMenu(const QPoint &globalPosition)
{
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(themedIcon(QStringLiteral("copy")), tr("Copy &value"), this,
                    [this] { copy(FieldModel::ValueColumn, FieldModel::FullTextRole); });
    menu->addAction(tr("Copy &path"), this, [this] { copy(FieldModel::NameColumn, FieldModel::PathRole); });
    const QString field = index.data(FieldModel::FieldRole).toString();
    if (!field.isEmpty())
        Q_EMIT menuOpening(menu, field,
                           index.siblingAtColumn(FieldModel::ValueColumn).data(FieldModel::FullTextRole).toString());
    menu->popup(globalPosition);
}

// The pane scrolls, not the tree in it.
void FieldTree::wheelEvent(QWheelEvent *event) { event->ignore(); }

} // namespace sluice
