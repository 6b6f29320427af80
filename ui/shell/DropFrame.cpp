#include "shell/DropFrame.h"

#include "shell/Appearance.h"

#include <QPainter>

namespace sluice {

DropFrame::DropFrame(QWidget *window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropFrame::showEvent(QShowEvent *)
{
    setGeometry(parentWidget()->rect());
    raise();
}

void DropFrame::paintEvent(QPaintEvent *)
{
    const Theme &theme = Appearance::theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = theme.color("window");
    veil.setAlpha(215);
    painter.fillRect(rect(), veil);
    painter.setPen(QPen(theme.color("accent"), 2, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(12, 12, -12, -12), 10, 10);
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    painter.setFont(font);
    painter.setPen(theme.color("text"));
    painter.drawText(rect(), Qt::AlignCenter,
                     tr("Drop to open: a project, a Python configuration, or a log"));
}

} // namespace sluice
