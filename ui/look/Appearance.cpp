#include "look/Appearance.h"

#include "look/ThemeStyle.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPointer>

namespace sluice {

// Qt 6.4 cannot be asked for the system's colour scheme; the palette that the platform gave us, before we set
// ours, tells it.
Appearance::Appearance() : m_systemIsDark(QApplication::palette().color(QPalette::Window).lightness() < 128)
{
    QApplication::setStyle(new ThemeStyle);
    apply();
}

Appearance &Appearance::instance()
{
    // Owned by the application, and made anew with the next one.
    static QPointer<Appearance> appearance;
    if (!appearance) {
        appearance = new Appearance;
        appearance->setParent(qApp);
    }
    return *appearance;
}

void Appearance::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    apply();
    Q_EMIT modeChanged(mode);
}

void Appearance::apply()
{
    const bool dark = m_mode == Mode::Dark || (m_mode == Mode::System && m_systemIsDark);
    m_theme = Theme::load(dark ? QStringLiteral("dark") : QStringLiteral("light"));
    QApplication::setPalette(m_theme.palette());
    if (m_isDressed || s_undressed == 0)
        dress();
}

void Appearance::dress()
{
    m_isDressed = true;
    qApp->setStyleSheet(m_theme.styleSheet());
}

Appearance::Undressed::Undressed() { ++s_undressed; }

Appearance::Undressed::~Undressed()
{
    Appearance &appearance = instance();
    if (--s_undressed == 0 && !appearance.m_isDressed)
        appearance.dress();
}

QFont Appearance::logFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    font.setStyleHint(QFont::Monospace);
    return font;
}

QFont Appearance::smallFont()
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * 0.92);
    return font;
}

Appearance::Mode Appearance::modeFromName(const QString &name)
{
    if (name == QStringLiteral("light"))
        return Mode::Light;
    return name == QStringLiteral("dark") ? Mode::Dark : Mode::System;
}

QString Appearance::nameOf(Mode mode)
{
    switch (mode) {
    case Mode::Light:
        return QStringLiteral("light");
    case Mode::Dark:
        return QStringLiteral("dark");
    case Mode::System:
        break;
    }
    return QStringLiteral("system");
}

} // namespace sluice
