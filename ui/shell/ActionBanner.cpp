#include "shell/ActionBanner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace sluice {

ActionBanner::ActionBanner(const QString &accessibleName, QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("actionBanner"));
    setAccessibleName(accessibleName);
    hide();
}

void ActionBanner::say(const QString &sentence)
{
    if (!m_words) {
        m_words = new QLabel;
        m_words->setTextFormat(Qt::PlainText);
        m_words->setWordWrap(true);
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(12, 8, 8, 8);
        layout->setSpacing(8);
        layout->addWidget(m_words, 1);
        for (QPushButton *button : makeButtons())
            layout->addWidget(button);
    }
    m_words->setText(sentence);
    show();
}

} // namespace sluice
