#include "console/SourceList.h"

#include "console/SourceListModel.h"
#include "look/Appearance.h"
#include "look/Icons.h"
#include "look/RowGround.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sluice {

namespace {

constexpr int margin = 8;
constexpr int eye = 16;

class SourceDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Appearance::theme();
        const bool selected = paintRowGround(painter, option);
        const bool shown = index.data(SourceListModel::ShownRole).toBool();
        const QColor first = theme.color(selected ? "selectionText" : shown ? "text" : "secondary");
        const QColor second = theme.color(selected ? "selectionText" : "secondary");

        painter->drawPixmap(eyeIn(option.rect).topLeft(),
                            tintedPixmap(shown ? QStringLiteral("eye") : QStringLiteral("eye-off"), eye,
                                         painter->device()->devicePixelRatioF(), second));

        const QRect inner = option.rect.adjusted(margin + eye + margin, 4, -12, -4);
        const int line = inner.height() / 3;
        const auto lineAt = [&](int i) { return QRect(inner.left(), inner.top() + i * line, inner.width(), line); };
        const QFont small = Appearance::smallFont();
        const QFontMetrics metrics(small);
        const QString rate = index.data(SourceListModel::RateRole).toString();
        int taken = rate.isEmpty() ? 0 : metrics.horizontalAdvance(rate) + 8;
        painter->setFont(small);
        painter->setPen(second);
        painter->drawText(lineAt(0), Qt::AlignRight | Qt::AlignVCenter, rate);

        const auto text = [&](int i, const QFont &font, const QColor &color, const QString &words, int less) {
            const QRect place = lineAt(i).adjusted(0, 0, -less, 0);
            painter->setFont(font);
            painter->setPen(color);
            painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                              QFontMetrics(font).elidedText(words, Qt::ElideRight, place.width()));
        };
        QFont name = option.font;
        name.setStrikeOut(!shown);
        text(0, name, first, index.data().toString(), taken);
        text(1, small, second, index.data(SourceListModel::WhereRole).toString(), 0);
        const QStringList figures = index.data(SourceListModel::FiguresRole).toStringList();
        QRect place = lineAt(2);
        const auto run = [&](const QString &words, const QColor &color) {
            painter->setPen(color);
            painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                              metrics.elidedText(words, Qt::ElideRight, place.width()));
            place.setLeft(place.left() + metrics.horizontalAdvance(words));
        };
        const QString between = QStringLiteral(" · ");
        for (int i = 0; i < figures.size(); ++i) {
            if (figures[i].isEmpty())
                continue;
            if (i > 0) {
                // Of one that is cut, more than an ellipsis is worth seeing.
                if (place.width() < metrics.horizontalAdvance(between + QStringLiteral("000…")))
                    break;
                run(between, second);
            }
            run(figures[i], i == 1 && !selected ? theme.color("problem") : second);
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(theme.color("accent"));
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {120, qMax(56, option.fontMetrics.height() + 2 * QFontMetrics(Appearance::smallFont()).height() + 10)};
    }

    static QRect eyeIn(const QRect &row) { return {row.left() + margin, row.top() + 5, eye, eye}; }
};

} // namespace

SourceList::SourceList(SourceListModel *model, QWidget *parent) : QListView(parent), m_model(model)
{
    setObjectName(QStringLiteral("sourceList"));
    setAccessibleName(tr("Sources"));
    setModel(model);
    setItemDelegate(new SourceDelegate(this));
    setSelectionMode(SingleSelection);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
}

QRect SourceList::eyeRect(const QModelIndex &index) const
{
    return SourceDelegate::eyeIn(visualRect(index)).adjusted(-4, -4, 4, 4);
}

void SourceList::toggle(const QModelIndex &index)
{
    if (index.isValid())
        Q_EMIT muteRequested(m_model->number(index), index.data(SourceListModel::ShownRole).toBool());
}

void SourceList::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    m_pressedEye = QPersistentModelIndex();
    if (event->button() == Qt::LeftButton && index.isValid() && eyeRect(index).contains(event->position().toPoint())) {
        m_pressedEye = index;
        event->accept();
        return;
    }
    QListView::mousePressEvent(event);
}

void SourceList::mouseReleaseEvent(QMouseEvent *event)
{
    const QPersistentModelIndex pressed = std::exchange(m_pressedEye, QPersistentModelIndex());
    if (!pressed.isValid())
        return QListView::mouseReleaseEvent(event);
    if (eyeRect(pressed).contains(event->position().toPoint()))
        toggle(pressed);
}

bool SourceList::event(QEvent *event)
{
    // Space is the window's key for pausing; here it is the eye's.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        event->accept();
        return true;
    }
    return QListView::event(event);
}

void SourceList::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space: return toggle(currentIndex());
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentIndex().isValid())
            Q_EMIT aloneRequested(m_model->number(currentIndex()));
        return;
    case Qt::Key_Escape: Q_EMIT allRequested(); return;
    default: QListView::keyPressEvent(event);
    }
}

void SourceList::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index =
        event->reason() == QContextMenuEvent::Keyboard ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const std::uint32_t source = m_model->number(index);
    const bool shown = index.data(SourceListModel::ShownRole).toBool();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show &only this"), this, [this, source] { Q_EMIT aloneRequested(source); });
    menu->addAction(themedIcon(shown ? QStringLiteral("eye-off") : QStringLiteral("eye")),
                    shown ? tr("&Mute") : tr("&Show"), this,
                    [this, source, shown] { Q_EMIT muteRequested(source, shown); });
    menu->addAction(tr("Show &all sources"), this, &SourceList::allRequested);
    Q_EMIT menuOpening(menu, source);
    menu->popup(event->reason() == QContextMenuEvent::Keyboard
                    ? viewport()->mapToGlobal(visualRect(index).bottomLeft())
                    : event->globalPos());
}

void SourceList::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_model->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(Appearance::theme().color("secondary"));
    painter.setFont(Appearance::smallFont());
    painter.drawText(viewport()->rect().adjusted(12, 4, -12, -4), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     tr("Who sends records appears here"));
}

} // namespace sluice
