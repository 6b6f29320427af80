#pragma once

#include <QWidget>

class QLineEdit;
class QListWidget;
class QPushButton;
class QToolButton;

namespace sluice {

class Highlights;

/// The highlight rules, beside the records that they colour: ticked off and on, ordered by dragging, typed anew by
/// double click or F2, removed by Del.
class HighlightsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit HighlightsPanel(Highlights *highlights, QWidget *parent = nullptr);

    QListWidget *list() const { return m_list; }
    QLineEdit *field() const { return m_field; }
    QPushButton *addButton() const { return m_add; }
    /// Chooses the colour of the selected rule, or of the next one that is added.
    void setColor(int color);
    /// Of the selected rule.
    QToolButton *boldButton() const { return m_bold; }
    QToolButton *rowButton() const { return m_row; }

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void show(int current);
    void showChosen();
    void read();
    void add();
    void remove();
    void setOfCurrent(int role, const QVariant &value);

    Highlights *const m_highlights;
    QListWidget *m_list;
    QLineEdit *m_field;
    QPushButton *m_add;
    QToolButton *m_bold;
    QToolButton *m_row;
    QList<QToolButton *> m_colors;
    int m_color = 0;
    bool m_filling = false;
};

} // namespace sluice
