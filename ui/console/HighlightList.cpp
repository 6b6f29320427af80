#include "console/HighlightList.h"

#include "capture/CaptureFilter.h"
#include "console/FilterDrag.h"

#include <QDragMoveEvent>
#include <QMimeData>

namespace sluice {

HighlightList::HighlightList(QWidget *parent) : QListWidget(parent)
{
    // A list that moves its own lines only would offer nobody a copy.
    setDragDropMode(QAbstractItemView::DragDrop);
    setDefaultDropAction(Qt::MoveAction);
}

void HighlightList::startDrag(Qt::DropActions) { QListWidget::startDrag(Qt::MoveAction | Qt::CopyAction); }

void HighlightList::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->source() == this)
        QListWidget::dragEnterEvent(event);
}

void HighlightList::dragMoveEvent(QDragMoveEvent *event)
{
    if (event->source() == this) {
        event->setDropAction(Qt::MoveAction);
        QListWidget::dragMoveEvent(event);
    } else {
        event->ignore();
    }
}

void HighlightList::dropEvent(QDropEvent *event)
{
    if (event->source() != this)
        return;
    event->setDropAction(Qt::MoveAction);
    QListWidget::dropEvent(event);
}

QStringList HighlightList::mimeTypes() const { return QListWidget::mimeTypes() << filterdrag::mimeType; }

QMimeData *HighlightList::mimeData(const QList<QListWidgetItem *> &items) const
{
    QMimeData *data = QListWidget::mimeData(items);
    // What is no expression is looked for as it stands, as it is coloured.
    if (data && items.size() == 1)
        data->setData(filterdrag::mimeType, QByteArray::fromStdString(expressionFrom(items.front()->text().toStdString()).print()));
    return data;
}

} // namespace sluice
