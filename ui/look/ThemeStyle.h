#pragma once

#include <QProxyStyle>

namespace sluice {

/// How widgets are drawn: as Qt's Fusion does, but that check boxes, in forms and in lists, have the theme's frame and tick. A style sheet
/// has ticks of one colour only.
class ThemeStyle : public QProxyStyle
{
    Q_OBJECT

public:
    ThemeStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
};

} // namespace sluice
