#include "console/LevelToggles.h"

#include "console/LevelBadge.h"
#include "console/Words.h"
#include "look/Appearance.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>

namespace sluice {

namespace {

class LevelButton : public QAbstractButton
{
public:
    LevelButton(Severity severity, QWidget *parent) : QAbstractButton(parent), m_severity(severity)
    {
        setCheckable(true);
        setChecked(true);
        setFocusPolicy(Qt::TabFocus);
        const QString name = words::levelName(severity);
        setObjectName(QStringLiteral("level") + name);
        setAccessibleName(name);
        setToolTip(LevelToggles::tr("Show or hide %1 · Shift+click: this level and above only").arg(name));
    }

    QSize sizeHint() const override { return {30, 28}; }

    bool withShift = false;

protected:
    void mousePressEvent(QMouseEvent *event) override
    {
        withShift = event->modifiers() & Qt::ShiftModifier;
        QAbstractButton::mousePressEvent(event);
    }

    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &theme = Appearance::theme();
        const QRectF body = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(hasFocus() ? QPen(theme.color("accent"), 1) : QPen(Qt::NoPen));
        if (underMouse() || isDown())
            painter.setBrush(theme.color(isDown() ? "pressed" : "hover"));
        painter.drawRoundedRect(body, 6, 6);
        paintLevelBadge(painter, rect(), m_severity, isChecked());
    }

private:
    Severity m_severity;
};

} // namespace

LevelToggles::LevelToggles(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Levels shown"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 0, 0);
    layout->setSpacing(0);
    for (int i = 0; i < severityCount; ++i) {
        const auto severity = static_cast<Severity>(i);
        auto *button = new LevelButton(severity, this);
        m_buttons[static_cast<std::size_t>(i)] = button;
        layout->addWidget(button);
        connect(button, &QAbstractButton::toggled, this, [this] {
            if (!m_setting)
                Q_EMIT changed(levels());
        });
        connect(button, &QAbstractButton::clicked, this, [this, button, severity] {
            if (std::exchange(button->withShift, false))
                showFrom(severity);
        });
    }
}

SeveritySet LevelToggles::levels() const
{
    SeveritySet levels;
    for (int i = 0; i < severityCount; ++i)
        levels.set(static_cast<Severity>(i), m_buttons[static_cast<std::size_t>(i)]->isChecked());
    return levels;
}

void LevelToggles::setLevels(SeveritySet levels)
{
    {
        const QScopedValueRollback setting(m_setting, true);
        for (int i = 0; i < severityCount; ++i)
            m_buttons[static_cast<std::size_t>(i)]->setChecked(levels.contains(static_cast<Severity>(i)));
    }
    Q_EMIT changed(levels);
}

void LevelToggles::showFrom(Severity lowest)
{
    SeveritySet levels;
    for (int i = 0; i < static_cast<int>(lowest); ++i)
        levels.set(static_cast<Severity>(i), false);
    setLevels(levels);
}

} // namespace sluice
