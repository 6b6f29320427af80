#pragma once

#include <QComboBox>

namespace sluice {

/// A box of choices in a form: with an arrow in the theme's colour, and left alone by a wheel that scrolls the form.
class ChoiceBox : public QComboBox
{
    Q_OBJECT

public:
    explicit ChoiceBox(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
};

} // namespace sluice
