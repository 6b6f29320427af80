#include "shell/RecoveryBanner.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace sluice {

RecoveryBanner::RecoveryBanner(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("recoveryBanner"));
    setAccessibleName(tr("Drawn and not saved"));
    hide();
}

void RecoveryBanner::build()
{
    m_words = new QLabel;
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_open = new QPushButton(tr("Draw on"));
    m_open->setObjectName(QStringLiteral("primary"));
    m_open->setToolTip(tr("Show it on the canvas; nothing of it runs before it is applied"));
    m_later = new QPushButton(tr("Later"));
    m_later->setToolTip(tr("It stays under File, Open recent (Esc)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_later);
    layout->addWidget(m_open);
    connect(m_later, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_open, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT openRequested(m_drawings.front());
    });
}

void RecoveryBanner::offer(const QStringList &drawings)
{
    if (!m_words)
        build();
    m_drawings = drawings;
    const QFileInfo newest(drawings.front());
    const QString name = newest.completeBaseName().section(QStringLiteral(", not saved "), 0, 0);
    const QString when = QLocale().toString(newest.lastModified(), QLocale::ShortFormat);
    QString sentence = tr("The program ended unexpectedly while “%1” was drawn. What was not saved is here as of %2.").arg(name, when);
    if (drawings.size() == 2)
        sentence += QLatin1Char(' ') + tr("Another drawing is under File, Open recent.");
    else if (drawings.size() > 2)
        sentence += QLatin1Char(' ') + tr("%1 others are under File, Open recent.").arg(drawings.size() - 1);
    m_words->setText(sentence);
    show();
}

void RecoveryBanner::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QFrame::keyPressEvent(event);
}

} // namespace sluice
