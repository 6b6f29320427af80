#pragma once

#include <QTabBar>

class QLineEdit;

namespace sluice {

/// The tabs of the views. A double click renames one in place, the middle button closes it, and who drags it off the
/// bar gets a window.
class ViewTabBar : public QTabBar
{
    Q_OBJECT

public:
    explicit ViewTabBar(QWidget *parent = nullptr);

    /// Puts a field in the place of the tab's words.
    void editName(int index);

Q_SIGNALS:
    /// Empty: it is called by its filter again.
    void renamed(int index, const QString &name);
    void draggedOut(int index, const QPoint &globalPosition);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void endEditing(bool keep);

    QLineEdit *m_field;
    int m_edited = -1;
    bool m_outside = false; ///< the tab that is dragged is far from the bar
};

} // namespace sluice
