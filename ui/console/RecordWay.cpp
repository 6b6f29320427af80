#include "console/RecordWay.h"

#include "console/Words.h"
#include "look/Appearance.h"
#include "look/Icons.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace sluice {

namespace {

constexpr int indent = 16;
constexpr int sign = 16;
constexpr std::size_t mostShown = 100;

} // namespace

RecordWay::RecordWay(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("recordWay"));
    setAccessibleName(tr("Way through the chain"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void RecordWay::setSteps(std::vector<TraceStep> steps)
{
    if (steps.size() > mostShown)
        steps.resize(mostShown);
    if (steps == m_steps)
        return;
    m_steps = std::move(steps);
    setAccessibleDescription(text());
    updateGeometry();
    update();
}

QString RecordWay::words(const TraceStep &step)
{
    const QString node = sluice::words::fromUtf8(step.node, 200);
    return step.reason.empty() ? node : node + QStringLiteral(": ") + sluice::words::fromUtf8(step.reason, 500);
}

QString RecordWay::text() const
{
    QString text;
    for (const TraceStep &step : m_steps)
        text += QString(step.depth * 2, QLatin1Char(' ')) + (step.passed ? tr("✓ ") : tr("✗ ")) + words(step) +
                QLatin1Char('\n');
    return text;
}

int RecordWay::lineHeight() const { return qMax(22, fontMetrics().height() + 6); }

QSize RecordWay::sizeHint() const { return {200, static_cast<int>(m_steps.size()) * lineHeight()}; }

void RecordWay::paintEvent(QPaintEvent *)
{
    const Theme &theme = Appearance::theme();
    QPainter painter(this);
    const int high = lineHeight();
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const TraceStep &step = m_steps[i];
        const int top = static_cast<int>(i) * high;
        const int left = qMin(step.depth, 12) * indent;
        painter.setPen(theme.color("border"));
        if (step.depth > 0) {
            // From the node before it on the way: the last one above with a smaller depth.
            std::size_t from = i;
            while (from > 0 && m_steps[from].depth >= step.depth)
                --from;
            const int x = qMin(m_steps[from].depth, 12) * indent + sign / 2;
            painter.drawLine(x, static_cast<int>(from) * high + high / 2 + sign / 2, x, top + high / 2);
            painter.drawLine(x, top + high / 2, left - 1, top + high / 2);
        }
        painter.drawPixmap(left, top + (high - sign) / 2,
                           tintedPixmap(step.passed ? QStringLiteral("check") : QStringLiteral("close"), sign,
                                        devicePixelRatioF(), theme.color(step.passed ? "ok" : "secondary")));
        const int textLeft = left + sign + 6;
        const QString node = sluice::words::fromUtf8(step.node, 200);
        QFont font = this->font();
        painter.setPen(theme.color(step.passed ? "text" : "secondary"));
        const QRect place(textLeft, top, width() - textLeft, high);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         fontMetrics().elidedText(words(step), Qt::ElideRight, place.width()));
    }
}

bool RecordWay::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int i = help->pos().y() / lineHeight();
        if (i >= 0 && static_cast<std::size_t>(i) < m_steps.size())
            QToolTip::showText(help->globalPos(), words(m_steps[static_cast<std::size_t>(i)]), this);
        return true;
    }
    return QWidget::event(event);
}

void RecordWay::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace sluice
