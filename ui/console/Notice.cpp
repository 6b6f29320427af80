#include "console/Notice.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sluice {

Notice::Notice(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_explanation(new QLabel), m_button(new QPushButton)
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    font.setWeight(QFont::DemiBold); // as the style sheet has it: no other font is loaded to measure it before
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("title"));
    m_title->setAlignment(Qt::AlignCenter);
    m_explanation->setObjectName(QStringLiteral("secondary"));
    m_explanation->setAlignment(Qt::AlignCenter);
    m_explanation->setWordWrap(true);
    m_explanation->setTextFormat(Qt::PlainText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 32, 32, 32);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addWidget(m_explanation);
    layout->addSpacing(8);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
}

void Notice::setWords(const QString &title, const QString &explanation)
{
    m_title->setText(title);
    m_explanation->setText(explanation);
}

} // namespace sluice
