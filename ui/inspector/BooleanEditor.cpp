#include "inspector/BooleanEditor.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace sluice {

BooleanEditor::BooleanEditor(const ParamSpec &spec, QWidget *parent)
    : ParamEditor(spec, parent), m_box(new QCheckBox(QString::fromStdString(spec.key)))
{
    adopt(m_box);
    setFocusProxy(m_box);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_box, 0, Qt::AlignLeft);
    connect(m_box, &QCheckBox::clicked, this, [this](bool checked) {
        m_box->setTristate(false);
        edit(checked);
        Q_EMIT finished();
    });
    display();
}

QWidget *BooleanEditor::field() const { return m_box; }

void BooleanEditor::display()
{
    const QJsonValue shown = value().isBool() ? value() : spec().defaultValue;
    m_box->setTristate(isMixed());
    m_box->setCheckState(isMixed() ? Qt::PartiallyChecked : shown.toBool() ? Qt::Checked : Qt::Unchecked);
}

} // namespace sluice
