#pragma once

#include <QAbstractButton>

namespace sluice {

/// A part of a filter as a chip: what it says, whether it is on, and a cross that removes it. Click turns it off and on,
/// double click edits it, dragging moves it; Del, F2 and Alt with the arrows do the same.
class FilterChip : public QAbstractButton
{
    Q_OBJECT

public:
    /// What a chip stands for; only expressions can be turned off, edited and moved.
    enum class Kind { Expression, Always, Levels, Loggers, Sources, MutedSources, Time };

    FilterChip(Kind kind, const QString &text, bool on, QWidget *parent);

    Kind kind() const { return m_kind; }
    bool isOn() const { return m_on; }
    void setOn(bool on);
    bool isExpression() const { return m_kind == Kind::Expression || m_kind == Kind::Always; }
    /// The place of the cross, for the pointer.
    QRect crossRect() const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void toggleRequested();
    void editRequested();
    void removeRequested();
    void menuRequested(const QPoint &globalPosition);
    /// By keys: one place to the left or right.
    void stepRequested(int by);
    /// While it is dragged: the pointer, in the parent's pixels.
    void dragged(const QPoint &position);
    /// It was dragged out of the bar: what it says is to be carried elsewhere.
    void pulledOut();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString label() const;
    void describe();

    const Kind m_kind;
    bool m_on;
    QPoint m_pressedAt;
    bool m_dragging = false;
    bool m_pressed = false;
};

} // namespace sluice
