#include "shell/DropFrame.h"

#include "look/Appearance.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace sluice {

namespace {

QStringList localFiles(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

} // namespace

DropFrame::DropFrame(QWidget *window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool DropFrame::eventFilter(QObject *object, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
        if (auto *enter = static_cast<QDragEnterEvent *>(event); !localFiles(enter->mimeData()).isEmpty()) {
            enter->acceptProposedAction();
            show();
        }
        return true;
    case QEvent::DragMove: static_cast<QDragMoveEvent *>(event)->acceptProposedAction(); return true;
    case QEvent::DragLeave: hide(); return true;
    case QEvent::Drop: {
        hide();
        auto *drop = static_cast<QDropEvent *>(event);
        drop->acceptProposedAction();
        Q_EMIT dropped(localFiles(drop->mimeData()));
        return true;
    }
    default: return QWidget::eventFilter(object, event);
    }
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
    const QString words = tr("Drop to open: a project, a Python configuration, a log or a capture");
    QRect card(QPoint(), painter.fontMetrics().size(Qt::TextSingleLine, words) + QSize(48, 32));
    card.moveCenter(rect().center());
    painter.setPen(QPen(theme.color("border"), 1));
    painter.setBrush(theme.color("base"));
    painter.drawRoundedRect(card, 8, 8);
    painter.setPen(theme.color("text"));
    painter.drawText(card, Qt::AlignCenter, words);
}

} // namespace sluice
