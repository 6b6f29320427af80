#pragma once

#include "capture/Severity.h"

#include <QWidget>

#include <array>

class QAbstractButton;

namespace sluice {

/// [D I W E C]: a toggle for each band of levels. Shift+click shows a level and those above it alone.
class LevelToggles : public QWidget
{
    Q_OBJECT

public:
    explicit LevelToggles(QWidget *parent = nullptr);

    SeveritySet levels() const;
    void setLevels(SeveritySet levels);

    /// For menus and tests.
    QAbstractButton *button(Severity severity) const { return m_buttons[static_cast<std::size_t>(severity)]; }

Q_SIGNALS:
    void changed(SeveritySet levels);

private:
    void showFrom(Severity lowest);

    std::array<QAbstractButton *, severityCount> m_buttons;
    bool m_setting = false;
};

} // namespace sluice
