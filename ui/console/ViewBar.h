#pragma once

#include <QFrame>

class QHBoxLayout;
class QToolButton;

namespace sluice {

/// A bar at the foot of a view: opened by a key, closed by Esc or its button, in nobody's way.
class ViewBar : public QFrame
{
    Q_OBJECT

public:
    explicit ViewBar(const QString &accessibleName, QWidget *parent = nullptr);

    /// Shows it, with the focus where one types.
    virtual void open() = 0;
    /// Hides it.
    virtual void close();

Q_SIGNALS:
    /// It was closed: the records take the focus back.
    void closed();

protected:
    QHBoxLayout *row() const { return m_row; }
    /// Puts the button that closes it at the end of the row.
    void addCloseButton();
    static QToolButton *makeButton(const QString &icon, const QString &name, const QString &toolTip);
    void keyPressEvent(QKeyEvent *event) override;

private:
    QHBoxLayout *m_row;
};

} // namespace sluice
