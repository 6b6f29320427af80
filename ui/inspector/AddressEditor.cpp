#include "inspector/AddressEditor.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>

namespace sluice {

namespace {

QString hostOf(const QJsonValue &value) { return value.isArray() ? value[0].toString() : value.toString(); }

QString portOf(const QJsonValue &value) { return value.isArray() ? value[1].toVariant().toString() : QString(); }

void setIfOther(QLineEdit *line, const QString &text)
{
    if (line->text() != text)
        line->setText(text);
}

} // namespace

AddressEditor::AddressEditor(const ParamSpec &spec, QWidget *parent)
    : ParamEditor(spec, parent), m_host(new QLineEdit), m_port(new QLineEdit)
{
    adopt(m_host, tr("host"));
    adopt(m_port, tr("port"));
    m_host->setMinimumWidth(60);
    m_port->setFixedWidth(QFontMetrics(m_port->font()).horizontalAdvance(QStringLiteral("000000")) + 24);
    setFocusProxy(m_host);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_host, 1);
    auto *label = new QLabel(tr("port"));
    label->setObjectName(QStringLiteral("secondary"));
    label->setBuddy(m_port);
    layout->addWidget(label);
    layout->addWidget(m_port);
    for (QLineEdit *line : {m_host, m_port})
        connect(line, &QLineEdit::textEdited, this, &AddressEditor::lineEdited);
    display();
}

QWidget *AddressEditor::field() const { return m_host; }

void AddressEditor::lineEdited()
{
    const QString host = m_host->text().trimmed();
    const QString port = m_port->text().trimmed();
    if (host.isEmpty() && port.isEmpty()) {
        edit(QJsonValue(QJsonValue::Undefined));
    } else if (port.isEmpty()) {
        edit(host);
    } else {
        bool isNumber = false;
        const int number = port.toInt(&isNumber);
        // A port alone is one of the host that stands there in grey.
        edit(QJsonArray{host.isEmpty() ? hostOf(spec().defaultValue) : host, isNumber ? QJsonValue(number) : QJsonValue(port)});
    }
    m_port->setPlaceholderText(value().isUndefined() ? portOf(spec().defaultValue) : tr("none"));
}

void AddressEditor::display()
{
    const bool isSet = !isMixed() && !value().isUndefined();
    const QString host = hostOf(spec().defaultValue);
    m_host->setPlaceholderText(isMixed() ? tr("different") : !host.isEmpty() ? host : defaultInWords(spec()));
    m_port->setPlaceholderText(isMixed() ? QString() : isSet ? tr("none") : portOf(spec().defaultValue));
    setIfOther(m_host, isSet ? hostOf(value()) : QString());
    setIfOther(m_port, isSet ? portOf(value()) : QString());
}

} // namespace sluice
