#include "look/ChoiceBox.h"

#include "look/Appearance.h"
#include "look/Icons.h"

#include <QPainter>
#include <QWheelEvent>

namespace sluice {

namespace {

constexpr int arrowSize = 16;
constexpr int arrowMargin = 6;

} // namespace

ChoiceBox::ChoiceBox(QWidget *parent) : QComboBox(parent) { setFocusPolicy(Qt::StrongFocus); }

void ChoiceBox::paintEvent(QPaintEvent *event)
{
    QComboBox::paintEvent(event);
    // The style sheet, which gives it its frame, has arrows of one colour only.
    QPainter painter(this);
    const QRect place(width() - arrowSize - arrowMargin, (height() - arrowSize) / 2, arrowSize, arrowSize);
    painter.drawPixmap(place, tintedPixmap(QStringLiteral("chevron-down"), arrowSize, devicePixelRatioF(),
                                           Appearance::theme().color(isEnabled() ? "text" : "disabled")));
}

void ChoiceBox::wheelEvent(QWheelEvent *event)
{
    if (hasFocus())
        QComboBox::wheelEvent(event);
    else
        event->ignore();
}

} // namespace sluice
