#include "canvas/CanvasHint.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sluice {

CanvasHint::CanvasHint(QWidget *parent) : QWidget(parent), m_title(new QLabel(tr("Draw where records go"))), m_explanation(new QLabel)
{
    setObjectName(QStringLiteral("canvasHint"));
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("title"));
    m_title->setAlignment(Qt::AlignCenter);
    m_explanation->setObjectName(QStringLiteral("secondary"));
    m_explanation->setAlignment(Qt::AlignCenter);
    m_explanation->setWordWrap(true);
    m_explanation->setText(tr("Drag a receiver from the list at the left onto this canvas, then a handler beside it: they connect.\n"
                              "Wires are drawn from port to port. Or begin with an example:"));
    for (QLabel *label : {m_title, m_explanation})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    const QString folder = QStringLiteral(":/sluice/examples/");
    const QStringList examples = QDir(folder).entryList({QStringLiteral("*.sluice")}, QDir::Files, QDir::Name);
    for (const QString &example : examples) {
        QFile file(folder + example);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString name = QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("name")).toString();
        auto *button = new QPushButton(name);
        button->setAccessibleName(tr("Example: %1").arg(name));
        connect(button, &QPushButton::clicked, this, [this, resource = folder + example] { Q_EMIT exampleRequested(resource); });
        column->addWidget(button, 0, Qt::AlignHCenter);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 32, 32, 32);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addWidget(m_explanation);
    layout->addSpacing(8);
    layout->addLayout(column);
    layout->addStretch(3);
}

} // namespace sluice
