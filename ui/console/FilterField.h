#pragma once

#include <QLineEdit>

namespace sluice {

/// Where the text filter is typed. Esc empties it, and, empty, gives the focus back.
class FilterField : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterField(QWidget *parent = nullptr);

Q_SIGNALS:
    /// The reader has done here.
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace sluice
