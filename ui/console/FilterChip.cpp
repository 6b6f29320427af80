#include "console/FilterChip.h"

#include "look/Appearance.h"
#include "look/Icons.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

namespace sluice {

namespace {

constexpr int chipHeight = 24;
constexpr int maxTextWidth = 280;
constexpr int padding = 8;
constexpr int crossWidth = 22;
constexpr int labelGap = 6;
/// Further from the bar than this, a chip is dragged out of it. The tabs, to which it may go, are right above.
constexpr int pullOut = 6;

} // namespace

FilterChip::FilterChip(Kind kind, const QString &text, bool on, QWidget *parent)
    : QAbstractButton(parent), m_kind(kind), m_on(on)
{
    setObjectName(QStringLiteral("filterChip"));
    setText(text);
    setFocusPolicy(Qt::TabFocus);
    describe();
}

void FilterChip::setOn(bool on)
{
    m_on = on;
    describe();
    update();
}

void FilterChip::describe()
{
    const QString whole = label().isEmpty() ? text() : label() + QStringLiteral(": ") + text();
    setAccessibleName(isExpression() ? (m_on ? tr("Filter %1, on").arg(whole) : tr("Filter %1, off").arg(whole)) : whole);
    // A long expression is told in lines, and no tooltip is as long as one may be.
    QString told = whole.left(600).toHtmlEscaped();
    if (isExpression())
        told += QStringLiteral("<br><small>") +
                tr("Click: off and on · Double click: edit · Drag: move, or onto a wire of the chain · Del: remove") + QStringLiteral("</small>");
    setToolTip(QStringLiteral("<qt>") + told + QStringLiteral("</qt>"));
}

QString FilterChip::label() const
{
    switch (m_kind) {
    case Kind::Expression:
        break;
    case Kind::Always:
        return tr("Always");
    case Kind::Levels:
        return tr("Levels");
    case Kind::Loggers:
        return tr("Loggers");
    case Kind::Sources:
        return tr("Sources");
    case Kind::MutedSources:
        return tr("Muted");
    case Kind::Time:
        return tr("Time");
    }
    return {};
}

QSize FilterChip::sizeHint() const
{
    const QFontMetrics small(Appearance::smallFont());
    const QFontMetrics log(Appearance::logFont());
    const int labelWidth = label().isEmpty() ? 0 : small.horizontalAdvance(label()) + labelGap;
    const int textWidth = qMin(log.horizontalAdvance(text()), maxTextWidth);
    return {padding + labelWidth + textWidth + 2 + crossWidth, qMax(chipHeight, log.height() + 6)};
}

QRect FilterChip::crossRect() const { return {width() - crossWidth, 0, crossWidth, height()}; }

void FilterChip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Appearance::theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(theme.color(hasFocus() ? "accent" : "border"), hasFocus() ? 1.5 : 1,
                        m_on ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(theme.color(m_on ? "selection" : underMouse() ? "hover" : "window"));
    painter.drawRoundedRect(body, 6, 6);

    int left = padding;
    const QColor color = theme.color(m_on ? "selectionText" : "secondary");
    if (const QString label = this->label(); !label.isEmpty()) {
        painter.setFont(Appearance::smallFont());
        painter.setPen(m_on ? color : theme.color("secondary"));
        const int width = painter.fontMetrics().horizontalAdvance(label);
        painter.drawText(QRect(left, 0, width + 1, height()), Qt::AlignVCenter | Qt::AlignLeft, label);
        left += width + labelGap;
    }
    QFont font = Appearance::logFont();
    font.setStrikeOut(!m_on);
    painter.setFont(font);
    painter.setPen(color);
    const QRect place(left, 0, qMax(0, crossRect().left() - left), height());
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, place.width()));

    const bool overCross = underMouse() && crossRect().contains(mapFromGlobal(QCursor::pos()));
    const QPixmap cross = tintedPixmap(QStringLiteral("close"), 12, devicePixelRatioF(),
                                       theme.color(overCross ? "text" : "secondary"));
    painter.drawPixmap(crossRect().center() - QPoint(6, 5), cross);
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    const bool alt = event->modifiers() & Qt::AltModifier;
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested();
        return;
    case Qt::Key_F2:
        Q_EMIT editRequested();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT toggleRequested();
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (alt) {
            Q_EMIT stepRequested(event->key() == Qt::Key_Left ? -1 : 1);
            return;
        }
        event->key() == Qt::Key_Left ? focusPreviousChild() : focusNextChild();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void FilterChip::mousePressEvent(QMouseEvent *event)
{
    m_pressedAt = event->pos();
    m_pressed = event->button() == Qt::LeftButton;
    m_dragging = false;
}

void FilterChip::mouseMoveEvent(QMouseEvent *event)
{
    update();
    if (!m_pressed)
        return;
    m_dragging = m_dragging || (event->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    const QPoint at = mapToParent(event->pos());
    if (m_dragging && (at.y() < -pullOut || at.y() > parentWidget()->height() + pullOut)) {
        m_pressed = m_dragging = false;
        Q_EMIT pulledOut();
    } else if (m_dragging && isExpression()) {
        Q_EMIT dragged(at);
    }
}

void FilterChip::mouseReleaseEvent(QMouseEvent *event)
{
    if (!std::exchange(m_pressed, false) || std::exchange(m_dragging, false) || !rect().contains(event->pos()))
        return;
    if (crossRect().contains(event->pos()) && crossRect().contains(m_pressedAt))
        Q_EMIT removeRequested();
    else
        Q_EMIT toggleRequested();
}

void FilterChip::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !crossRect().contains(event->pos()))
        Q_EMIT editRequested();
}

void FilterChip::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuRequested(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(rect().bottomLeft())
                                                                        : event->globalPos());
}

void FilterChip::enterEvent(QEnterEvent *) { update(); }
void FilterChip::leaveEvent(QEvent *) { update(); }

} // namespace sluice
