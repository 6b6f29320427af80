#include "shell/ChainBar.h"

#include "canvas/CanvasActions.h"
#include "canvas/ChainCanvas.h"
#include "console/Words.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace sluice {

ChainBar::ChainBar(ChainCanvas &canvas, QWidget *parent)
    : QFrame(parent), m_zoom(new QToolButton), m_pending(new QLabel), m_rehearse(new QPushButton(tr("Rehearse…"))), m_discard(new QPushButton(tr("Discard"))),
      m_apply(new QPushButton(tr("Apply")))
{
    setObjectName(QStringLiteral("chainBar"));
    setAccessibleName(tr("Chain"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(4);
    const CanvasActions *commands = canvas.commands();
    row->addWidget(add(commands->undo));
    row->addWidget(add(commands->redo));
    row->addSpacing(8);
    row->addWidget(add(commands->comment));
    row->addWidget(add(commands->tidy));
    row->addWidget(add(commands->fit));
    row->addWidget(add(commands->test));
    m_zoom->setObjectName(QStringLiteral("flat"));
    m_zoom->setFocusPolicy(Qt::TabFocus);
    m_zoom->setToolTip(tr("Back to 100 % (Ctrl+1)"));
    m_zoom->setMinimumWidth(m_zoom->fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + 16);
    row->addWidget(m_zoom);
    row->addStretch(1);
    m_pending->setObjectName(QStringLiteral("secondary"));
    row->addWidget(m_pending);
    row->addSpacing(8);
    m_apply->setObjectName(QStringLiteral("primary"));
    m_apply->setToolTip(tr("Run the chain as it is drawn"));
    m_discard->setToolTip(tr("Draw the chain as it runs"));
    m_rehearse->setToolTip(tr("See what this chain would do with records that are here already (Ctrl+Shift+R). Nothing is written or sent."));
    row->addWidget(m_rehearse);
    row->addWidget(m_discard);
    row->addWidget(m_apply);

    const auto showZoom = [this, &canvas] {
        m_zoom->setText(tr("%1 %").arg(qRound(canvas.view().zoom * 100)));
        m_zoom->setAccessibleName(tr("Zoom, %1").arg(m_zoom->text()));
    };
    connect(&canvas, &ChainCanvas::viewChanged, this, showZoom);
    showZoom();
    connect(m_zoom, &QToolButton::clicked, commands->actualSize, &QAction::trigger);
    connect(m_apply, &QPushButton::clicked, this, &ChainBar::applyRequested);
    connect(m_rehearse, &QPushButton::clicked, this, &ChainBar::rehearseRequested);
    connect(m_discard, &QPushButton::clicked, this, &ChainBar::discardRequested);
    showPending(0, 0, false);
}

// Not its default action: the button would make the action's keys the window's.
QToolButton *ChainBar::add(QAction *action)
{
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("flat"));
    button->setIconSize(QSize(20, 20));
    button->setFocusPolicy(Qt::TabFocus);
    const auto update = [button, action] {
        button->setIcon(action->icon());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(action->text());
        button->setEnabled(action->isEnabled());
    };
    connect(action, &QAction::changed, button, update);
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    update();
    return button;
}

void ChainBar::showPending(int changes, int problems, bool isApplying)
{
    const QString number = words::count(static_cast<std::uint64_t>(changes));
    QString words;
    if (isApplying)
        words = tr("Applying…");
    else if (changes > 0 && problems > 0)
        words = tr("%1 · %2").arg(changes == 1 ? tr("1 change") : tr("%1 changes").arg(number),
                                  problems == 1 ? tr("1 problem") : tr("%1 problems").arg(problems));
    else if (changes > 0)
        words = changes == 1 ? tr("1 change waits") : tr("%1 changes wait").arg(number);
    else if (problems > 0)
        words = problems == 1 ? tr("1 problem") : tr("%1 problems").arg(problems);
    m_pending->setText(words);
    m_apply->setEnabled(changes > 0 && problems == 0 && !isApplying);
    m_discard->setEnabled(changes > 0 && !isApplying);
    m_apply->setVisible(changes > 0 || isApplying);
    m_discard->setVisible(changes > 0 || isApplying);
}

} // namespace sluice
