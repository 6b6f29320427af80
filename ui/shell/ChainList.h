#pragma once

#include <QListView>

namespace sluice {

class ChainListModel;

/// The sidebar's nodes: state, name, what each does, how much went through, and what is wrong with it.
class ChainList : public QListView
{
    Q_OBJECT

public:
    explicit ChainList(ChainListModel *model, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The arrow of a source that does not run was clicked, or Enter pressed on it.
    void startRequested(const QString &id);

public:
    /// Where the arrow of a row is that has one.
    QRect arrowOf(const QModelIndex &index) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace sluice
