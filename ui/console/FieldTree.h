#pragma once

#include <QMenu>
#include <QTreeView>



namespace sluice {

/// A FieldModel as key and value, as high as its rows need, for a pane that scrolls as a whole.
class FieldTree : public QTreeView
{
    Q_OBJECT

public:
    explicit FieldTree(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// The menu of a field opens: who filters by fields adds to it. `field` as expressions name it; `value` in Python's
    /// words, text without quotes.
    void menuOpening(QMenu *menu, const QString &field, const QString &value);

protected:
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void shareWidth();
    void copy(int column, int role) const;
    void openMenu(const QPoint &globalPosition);

    int m_nameWidth = 80; ///< that the names need
};

} // namespace sluice
