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

protected:
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace sluice
