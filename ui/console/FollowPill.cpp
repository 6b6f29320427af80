#include "console/FollowPill.h"

#include "console/RecordTable.h"
#include "console/Words.h"
#include "look/Appearance.h"
#include "look/Icons.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>

namespace sluice {

namespace {

constexpr int pillHeight = 28;
constexpr int arrowSize = 16;
constexpr int dotSize = 7;
constexpr int sidePadding = 12;
constexpr int gap = 6;
constexpr int fromCorner = 16;
constexpr int roomForWords = 3; ///< times their width, so that the titles of a few columns are left

} // namespace

FollowPill::FollowPill(RecordTable *anchor, QWidget *parent) : QAbstractButton(parent), m_anchor(anchor)
{
    setObjectName(QStringLiteral("followPill"));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    m_anchor->installEventFilter(this);
    showFollowing();
}

void FollowPill::showFollowing()
{
    setToolTip(tr("The newest record stays in view. Scroll up or press F to stop."));
    setWords(tr("Following"), false, false);
}

void FollowPill::showSorting(int percent)
{
    setToolTip(tr("The records are being brought into the order of their times; until then they stand as they came."));
    setWords(tr("Sorting by time: %1 %").arg(percent), false, false);
}

void FollowPill::showStopped(const QString &since, bool frozen, quint64 newRecords)
{
    setToolTip(
        frozen ? tr("The view is frozen; records are still received. Click or press Space to go on.")
               : tr("The view stays where you are. Click, press F, or scroll to the end to follow again."));
    QString words = tr("Paused at %1").arg(since);
    if (newRecords > 0)
        words += QStringLiteral(" · ") + tr("%1 new").arg(words::count(newRecords));
    setWords(words, true, newRecords > 0);
}

void FollowPill::setWords(const QString &words, bool stopped, bool hasNews)
{
    if (text() == words && m_stopped == stopped)
        return;
    m_stopped = stopped;
    m_hasNews = hasNews;
    setText(words);
    setAccessibleName(words);
    place();
    update();
}

QSize FollowPill::sizeHint() const
{
    if (m_isDot)
        return {2 * sidePadding + dotSize, pillHeight};
    const int icon = !m_stopped ? dotSize + gap : m_hasNews ? arrowSize + gap : 0;
    return {2 * sidePadding + fontMetrics().horizontalAdvance(text()) + icon,
            qMax(pillHeight, fontMetrics().height() + 10)};
}

void FollowPill::place()
{
    m_isDot = false;
    m_isDot = !m_stopped && m_anchor->width() < roomForWords * sizeHint().width();
    resize(sizeHint());
    if (!parentWidget()->isAncestorOf(m_anchor))
        return; // the window is still being put together
    if (m_stopped) {
        const QPoint corner = m_anchor->mapTo(parentWidget(), QPoint(m_anchor->width(), m_anchor->height()));
        move(corner.x() - width() - fromCorner - 8, corner.y() - height() - fromCorner);
    } else {
        // While it follows, the newest record is what one looks at: nothing may cover it.
        const QPoint corner = m_anchor->mapTo(parentWidget(), QPoint(m_anchor->width(), 0));
        resize(width(), m_anchor->header()->height() - 1);
        move(corner.x() - width() - 4, corner.y());
    }
    raise();
}

bool FollowPill::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::Show)
        place();
    return QAbstractButton::eventFilter(object, event);
}

void FollowPill::paintEvent(QPaintEvent *)
{
    const Theme &theme = Appearance::theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QColor fill = theme.color(m_stopped ? "accent" : "window");
    const QColor ink =
        m_stopped ? theme.color("accentText") : theme.color(underMouse() ? "text" : "secondary");
    if (isDown())
        fill = fill.darker(110);
    painter.setPen(m_stopped ? QPen(theme.color("accent"), 1) : QPen(Qt::NoPen));
    if (hasFocus())
        painter.setPen(QPen(theme.color(m_stopped ? "text" : "accent"), 2));
    painter.setBrush(fill);
    const qreal radius = m_stopped ? body.height() / 2 : 4;
    painter.drawRoundedRect(body, radius, radius);

    int left = sidePadding;
    if (!m_stopped) {
        // A live dot: green, and said in words beside it.
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color("ok"));
        painter.drawEllipse(QPointF(left + dotSize / 2.0, height() / 2.0), dotSize / 2.0, dotSize / 2.0);
        left += dotSize + gap;
    }
    painter.setPen(ink);
    if (m_isDot)
        return;
    painter.drawText(QRect(left, 0, width() - left, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    if (m_stopped && m_hasNews) {
        const QPixmap arrow = tintedPixmap(QStringLiteral("arrow-down"), arrowSize, devicePixelRatioF(), ink);
        painter.drawPixmap(width() - sidePadding - arrowSize, (height() - arrowSize) / 2, arrow);
    }
}

} // namespace sluice
