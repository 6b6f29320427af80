#pragma once

#include <QPointer>
#include <QWidget>

#include <cstdint>

class QLineEdit;
class QToolButton;

namespace sluice {

class Marks;

/// Whether a record is marked, and the note on it: seen, written and taken away in place. Enter or going elsewhere keeps
/// what was typed, Esc leaves the note as it was.
class NoteField : public QWidget
{
    Q_OBJECT

public:
    explicit NoteField(QWidget *parent = nullptr);

    /// The marks may go before it.
    void showRow(Marks *marks, std::uint64_t row);

    QToolButton *button() const { return m_button; }
    QLineEdit *field() const { return m_field; }

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void update();
    void keep();

    QToolButton *m_button;
    QLineEdit *m_field;
    QPointer<Marks> m_marks;
    std::uint64_t m_row = 0;
};

} // namespace sluice
