#pragma once

#include "console/ViewColumn.h"

#include <QWidget>

#include <vector>

class QLineEdit;
class QListWidget;

namespace sluice {

/// Which columns a view has, and in what order: beside the records, so that one sees what one does.
class ColumnsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ColumnsPanel(QWidget *parent = nullptr);

    /// Shows them, with the attributes that are not columns below.
    void setColumns(const std::vector<ViewColumn> &columns);

    QListWidget *list() const { return m_list; }
    QLineEdit *field() const { return m_field; }

Q_SIGNALS:
    void columnsChosen(const std::vector<ViewColumn> &columns);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addField();
    void choose();
    void addItem(const ViewColumn &column, bool shown);

    QListWidget *m_list;
    QLineEdit *m_field;
    bool m_filling = false;
};

} // namespace sluice
