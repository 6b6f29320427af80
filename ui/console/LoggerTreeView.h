#pragma once

#include <QStringList>
#include <QTreeView>

namespace sluice {

class LoggerTreeModel;

/// The sidebar's loggers. What is selected is what the view shows, children included; "All loggers" ends it.
class LoggerTreeView : public QTreeView
{
    Q_OBJECT

public:
    explicit LoggerTreeView(LoggerTreeModel *model, QWidget *parent = nullptr);

    /// Full names of what is selected; empty if all are to be shown.
    QStringList picked() const;
    void pickAll();
    /// Selects what another view shows, without a word; names that are not there yet when they come.
    void pick(const QStringList &fullNames);

Q_SIGNALS:
    void pickedChanged(const QStringList &fullNames);

protected:
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void selectWanted();

    QStringList m_picked;
    QStringList m_wanted; ///< by pick(): what is not there yet is selected when it comes
    bool m_picking = false;
    int m_opened = 0;
};

} // namespace sluice
