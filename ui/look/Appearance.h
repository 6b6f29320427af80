#pragma once

#include "look/Theme.h"

#include <QFont>
#include <QObject>

namespace sluice {

/// What the whole program looks like: theme and fonts. Widgets read theme() when they paint; a change reaches
/// them as Qt's own PaletteChange. For the UI thread, while there is a QApplication.
class Appearance : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };

    static Appearance &instance();
    static const Theme &theme() { return instance().m_theme; }

    /// While one lives, a style sheet that was not set yet waits: Qt polishes each widget anew whenever it is put
    /// into another, so that a window which is built undressed and dressed once starts much earlier.
    class Undressed
    {
    public:
        Undressed();
        ~Undressed();
        Undressed(const Undressed &) = delete;
        Undressed &operator=(const Undressed &) = delete;
    };

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);

    /// Fixed-width, for everything that a program logged.
    static QFont logFont();
    /// The interface's font, somewhat smaller.
    static QFont smallFont();

    static Mode modeFromName(const QString &name);
    static QString nameOf(Mode mode);

Q_SIGNALS:
    void modeChanged(Mode mode);

private:
    Appearance();
    void apply();
    void dress();

    bool m_isDressed = false;
    static inline int s_undressed = 0;
    Mode m_mode = Mode::System;
    bool m_systemIsDark;
    Theme m_theme;
};

} // namespace sluice
