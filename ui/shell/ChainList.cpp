#include "shell/ChainList.h"

#include "console/Words.h"
#include "shell/Appearance.h"
#include "shell/ChainListModel.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sluice {

namespace {

constexpr int side = 12;
constexpr int dotSpace = 16;
constexpr int above = 6;

/// State by colour and by shape: filled when running, a ring when stopped, a cross when failed, a tick-like
/// bar when finished.
void paintState(QPainter &painter, const QPointF &centre, NodeStatus::State state)
{
    const Theme &theme = Appearance::theme();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (state) {
    case NodeStatus::State::Running:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color("ok"));
        painter.drawEllipse(centre, 4, 4);
        break;
    case NodeStatus::State::Finished:
    case NodeStatus::State::Stopped:
        painter.setPen(QPen(theme.color("stopped"), 1.5));
        painter.setBrush(state == NodeStatus::State::Finished ? QBrush(theme.color("stopped"))
                                                              : QBrush(Qt::NoBrush));
        painter.drawEllipse(centre, 3.25, 3.25);
        break;
    case NodeStatus::State::Failed:
        painter.setPen(QPen(theme.color("problem"), 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(centre + QPointF(-3.5, -3.5), centre + QPointF(3.5, 3.5));
        painter.drawLine(centre + QPointF(-3.5, 3.5), centre + QPointF(3.5, -3.5));
        break;
    }
    painter.restore();
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
        paintState(*painter, QPointF(option.rect.left() + side + 5, line.center().y() + 1), item.state);

        QString counter = words::count(item.passed);
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

void ChainList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    // A sentence wraps differently now.
    scheduleDelayedItemsLayout();
}

} // namespace sluice
