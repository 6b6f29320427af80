#include "console/ViewBar.h"

#include "look/Icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

namespace sluice {

ViewBar::ViewBar(const QString &accessibleName, QWidget *parent) : QFrame(parent), m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("viewBar"));
    setAccessibleName(accessibleName);
    m_row->setContentsMargins(12, 6, 8, 6);
    m_row->setSpacing(8);
    hide();
}

QToolButton *ViewBar::makeButton(const QString &icon, const QString &name, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("flat"));
    button->setIcon(themedIcon(icon));
    button->setIconSize(QSize(16, 16));
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    return button;
}

void ViewBar::addCloseButton()
{
    QToolButton *button = makeButton(QStringLiteral("close"), tr("Close"), tr("Close (Esc)"));
    connect(button, &QToolButton::clicked, this, &ViewBar::close);
    m_row->addWidget(button);
}

void ViewBar::close()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT closed();
}

void ViewBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

} // namespace sluice
