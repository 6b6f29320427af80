#pragma once

#include <QListWidget>

namespace sluice {

/// The list of highlight rules: ordered by dragging; what is dragged out of it is a copy, a filter that describes what the rule
/// colours. It takes nothing from elsewhere.
class HighlightList : public QListWidget
{
    Q_OBJECT

public:
    explicit HighlightList(QWidget *parent = nullptr);

protected:
    void startDrag(Qt::DropActions actions) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QList<QListWidgetItem *> &items) const override;
};

} // namespace sluice
