#pragma once

#include "console/ViewBar.h"

#include <cstdint>

class QLabel;
class QLineEdit;

namespace sluice {

class Marks;

/// The note on a marked record, written in place: Enter keeps it, Esc leaves it as it was.
class NoteBar : public ViewBar
{
    Q_OBJECT

public:
    explicit NoteBar(Marks *marks, QWidget *parent = nullptr);

    void openFor(std::uint64_t row, const QString &what);
    void open() override;
    QLineEdit *field() const { return m_field; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void keep();

    Marks *const m_marks;
    std::uint64_t m_row = 0;
    QLabel *m_what;
    QLineEdit *m_field;
};

} // namespace sluice
