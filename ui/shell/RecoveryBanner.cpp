#include "shell/RecoveryBanner.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QLocale>
#include <QPushButton>

namespace sluice {

RecoveryBanner::RecoveryBanner(QWidget *parent) : ActionBanner(tr("Drawn and not saved"), parent) {}

QList<QPushButton *> RecoveryBanner::makeButtons()
{
    m_open = new QPushButton(tr("Draw on"));
    m_open->setObjectName(QStringLiteral("primary"));
    m_open->setToolTip(tr("Show it on the canvas; nothing of it runs before it is applied"));
    m_later = new QPushButton(tr("Later"));
    m_later->setToolTip(tr("It stays under File, Open recent (Esc)"));
    connect(m_later, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_open, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT openRequested(m_drawings.front());
    });
    return {m_later, m_open};
}

void RecoveryBanner::offer(const QStringList &drawings)
{
    m_drawings = drawings;
    const QFileInfo newest(drawings.front());
    const QString name = newest.completeBaseName().section(QStringLiteral(", not saved "), 0, 0);
    const QString when = QLocale().toString(newest.lastModified(), QLocale::ShortFormat);
    QString sentence = tr("The program ended unexpectedly while “%1” was drawn. What was not saved is here as of %2.").arg(name, when);
    if (drawings.size() == 2)
        sentence += QLatin1Char(' ') + tr("Another drawing is under File, Open recent.");
    else if (drawings.size() > 2)
        sentence += QLatin1Char(' ') + tr("%1 others are under File, Open recent.").arg(drawings.size() - 1);
    say(sentence);
}

void RecoveryBanner::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QFrame::keyPressEvent(event);
}

} // namespace sluice
