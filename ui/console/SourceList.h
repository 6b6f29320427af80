#pragma once

#include <QListView>

class QMenu;

namespace sluice {

class SourceListModel;

/// The sources of a capture, each with an eye that mutes it in the current view. It shows the filter and says what of it
/// is to change.
class SourceList : public QListView
{
    Q_OBJECT

public:
    explicit SourceList(SourceListModel *model, QWidget *parent = nullptr);

    /// Of a row, for the pointer.
    QRect eyeRect(const QModelIndex &index) const;

Q_SIGNALS:
    void muteRequested(quint32 source, bool muted);
    /// Show only this; the same again: show all.
    void aloneRequested(quint32 source);
    void allRequested();
    /// Of a source: what else can be done with it goes there.
    void menuOpening(QMenu *menu, quint32 source);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void toggle(const QModelIndex &index);

    SourceListModel *const m_model;
    QPersistentModelIndex m_pressedEye;
};

} // namespace sluice
