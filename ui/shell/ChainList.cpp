#include "shell/ChainList.h"

#include "canvas/NodeLook.h"
#include "console/Words.h"
#include "look/Appearance.h"
#include "look/Icons.h"
#include "shell/ChainListModel.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sluice {

namespace {

constexpr int side = 12;
constexpr int dotSpace = 16;
constexpr int above = 6;
constexpr int arrow = 16;

QRect arrowIn(const QRect &row, int lineHeight)
{
    return {row.right() - side - arrow + 1, row.top() + above + (lineHeight - arrow) / 2, arrow, arrow};
}

class NodeDelegate : public QStyledItemDelegate
{
public:
    explicit NodeDelegate(QAbstractItemView *view) : QStyledItemDelegate(view), m_view(view) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto &item = static_cast<const ChainListModel *>(index.model())->item(index.row());
        const Theme &theme = Appearance::theme();
        const bool selected = option.state & QStyle::State_Selected;
        if (selected)
            painter->fillRect(option.rect, theme.color("selection"));
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, theme.color("hover"));

        const QFont small = Appearance::smallFont();
        const QFontMetrics smallMetrics(small);
        const QRect inner = option.rect.adjusted(side + dotSpace, above, -side, -above);
        const int lineHeight = option.fontMetrics.height();
        QRect line(inner.left(), inner.top(), inner.width(), lineHeight);
        nodelook::paintState(*painter, QPointF(option.rect.left() + side + 5, line.center().y() + 1), item.state);

        QString counter = words::count(item.passed);
        if (item.canStart) {
            painter->drawPixmap(arrowIn(option.rect, lineHeight).topLeft(),
                                tintedPixmap(QStringLiteral("play"), arrow, painter->device()->devicePixelRatioF(),
                                             theme.color(selected ? "selectionText" : "accent")));
            line.setRight(line.right() - arrow - 4);
        }
        if (item.dropped > 0)
            counter = ChainListModel::tr("%1 dropped").arg(words::count(item.dropped));
        const int counterWidth = smallMetrics.horizontalAdvance(counter);
        painter->setFont(small);
        painter->setPen(theme.color(item.dropped > 0 ? "problem" : selected ? "selectionText" : "secondary"));
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, counter);

        painter->setFont(option.font);
        painter->setPen(theme.color(selected ? "selectionText" : "text"));
        const int nameWidth = line.width() - counterWidth - 8;
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(item.id, Qt::ElideMiddle, nameWidth));

        line.translate(0, lineHeight + 1);
        line.setRight(inner.right());
        line.setHeight(smallMetrics.height());
        painter->setFont(small);
        painter->setPen(theme.color(selected ? "selectionText" : "secondary"));
        // What it does comes first; a type that there is no whole room for is left to the tooltip.
        QString words = item.description.isEmpty() ? item.type : item.description + QStringLiteral(" · ") + item.type;
        if (!item.description.isEmpty() && smallMetrics.horizontalAdvance(words) > line.width())
            words = item.description;
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          smallMetrics.elidedText(words, Qt::ElideRight, line.width()));

        if (!item.reason.isEmpty()) {
            const QRect rest(inner.left(), line.bottom() + 3, inner.width(), inner.bottom() - line.bottom());
            painter->setPen(theme.color("problem"));
            painter->drawText(rest, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, item.reason);
        }
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto &item = static_cast<const ChainListModel *>(index.model())->item(index.row());
        const QFontMetrics smallMetrics(Appearance::smallFont());
        const int width = m_view->viewport()->width();
        int height = 2 * above + option.fontMetrics.height() + 1 + smallMetrics.height();
        if (!item.reason.isEmpty()) {
            const QRect bounds(0, 0, qMax(40, width - 2 * side - dotSpace), 10'000);
            height += 4 + qMin(smallMetrics.boundingRect(bounds, Qt::TextWordWrap, item.reason).height(),
                               5 * smallMetrics.height());
        }
        return {qMax(40, width), height};
    }

private:
    const QAbstractItemView *m_view;
};

} // namespace

ChainList::ChainList(ChainListModel *model, QWidget *parent) : QListView(parent)
{
    setObjectName(QStringLiteral("chainList"));
    setAccessibleName(tr("Chain"));
    setModel(model);
    setItemDelegate(new NodeDelegate(this));
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(Adjust);
    setEditTriggers(NoEditTriggers);
}

QRect ChainList::arrowOf(const QModelIndex &index) const
{
    return arrowIn(visualRect(index), fontMetrics().height());
}

void ChainList::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !index.isValid())
        return;
    const auto &item = static_cast<const ChainListModel *>(model())->item(index.row());
    // A little beside it will do.
    if (item.canStart && arrowOf(index).adjusted(-4, -4, 4, 4).contains(event->position().toPoint()))
        Q_EMIT startRequested(item.id);
}

void ChainList::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentIndex().isValid()) {
        if (const auto &item = static_cast<const ChainListModel *>(model())->item(currentIndex().row()); item.canStart) {
            Q_EMIT startRequested(item.id);
            return;
        }
    }
    QListView::keyPressEvent(event);
}

void ChainList::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(Appearance::theme().color("secondary"));
    painter.setFont(Appearance::smallFont());
    painter.drawText(viewport()->rect().adjusted(side, 4, -side, -4), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     tr("No project is open: records of files are shown, and none are received"));
}

void ChainList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    // A sentence wraps differently now.
    scheduleDelayedItemsLayout();
}

} // namespace sluice
