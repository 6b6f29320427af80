#pragma once

#include "capture/Severity.h"

#include <QColor>
#include <QHash>
#include <QPalette>
#include <QString>

#include <array>

namespace sluice {

/// The colours of a level band.
struct LevelColors
{
    QColor text; ///< of its messages, on `row`
    QColor badge;
    QColor badgeBorder;
    QColor badgeText;
    QColor row;      ///< behind its rows
    QColor selected; ///< behind those that are selected
};

/// A theme's tokens, read from resources/themes. All colours of the window come from here.
class Theme
{
public:
    /// The built-in theme "light" or "dark".
    static Theme load(const QString &name);

    const QString &name() const { return m_name; }
    bool isDark() const { return m_dark; }

    /// A token by its name in the file; it must be there.
    QColor color(const char *token) const;
    /// Of a level's records in a small figure (timeline, overview), where neighbours must be told apart without hue.
    QColor bar(Severity severity) const { return m_bars[static_cast<std::size_t>(severity)]; }
    const LevelColors &level(Severity severity) const { return m_levels[static_cast<std::size_t>(severity)]; }

    /// Behind what highlight rule colour 0 to 7 marks in a text, which is written in "highlightText".
    QColor highlight(int color) const { return m_highlights[static_cast<std::size_t>(color)]; }
    /// Behind whole rows.
    QColor highlightRow(int color) const { return m_highlightRows[static_cast<std::size_t>(color)]; }

    static constexpr std::size_t highlightCount = 8;

    QPalette palette() const;
    /// The stylesheet with this theme's tokens.
    QString styleSheet() const;

private:
    QString m_name;
    bool m_dark = false;
    QHash<QString, QColor> m_colors;
    std::array<LevelColors, severityCount> m_levels;
    std::array<QColor, highlightCount> m_highlights;
    std::array<QColor, highlightCount> m_highlightRows;
    std::array<QColor, severityCount> m_bars;
};

} // namespace sluice
