#include "inspector/GroupEditor.h"

#include "inspector/HelpLabel.h"
#include "inspector/ParamForm.h"

#include <QCheckBox>
#include <QFrame>
#include <QJsonObject>
#include <QVBoxLayout>

namespace sluice {

GroupEditor::GroupEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent)
    : ParamEditor(spec, parent), m_context(context), m_box(new QCheckBox(QString::fromStdString(spec.key))), m_body(new QFrame), m_bodyLayout(new QVBoxLayout(m_body))
{
    adopt(m_box);
    setFocusProxy(m_box);
    m_body->setObjectName(QStringLiteral("group"));
    m_bodyLayout->setContentsMargins(12, 4, 0, 4);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_box, 0, Qt::AlignLeft);
    layout->addWidget(new HelpLabel(QString::fromStdString(spec.help)));
    layout->addWidget(m_body);
    connect(m_box, &QCheckBox::clicked, this, [this](bool checked) {
        m_box->setTristate(false);
        edit(checked ? QJsonValue(QJsonObject()) : QJsonValue(QJsonValue::Undefined));
        showForm(checked);
        if (checked)
            m_form->setValues({QJsonObject()});
        Q_EMIT finished();
    });
    display();
}

QWidget *GroupEditor::field() const { return m_box; }

void GroupEditor::showForm(bool on)
{
    if (on && !m_form) {
        std::vector<const ParamSpec *> members;
        for (const ParamSpec &member : spec().members)
            members.push_back(&member);
        m_form = new ParamForm(std::move(members), m_context, ParamForm::Folding::Never, m_body);
        m_bodyLayout->addWidget(m_form);
        connect(m_form, &ParamForm::edited, this, [this](const QString &key, const QJsonValue &member) {
            QJsonObject object = value().toObject();
            if (member.isUndefined())
                object.remove(key);
            else
                object.insert(key, member);
            edit(object);
        });
        connect(m_form, &ParamForm::finished, this, &ParamEditor::finished);
    }
    m_body->setVisible(on);
}

void GroupEditor::display()
{
    const bool isSet = value().isObject();
    m_box->setTristate(isMixed());
    m_box->setCheckState(isMixed() ? Qt::PartiallyChecked : isSet ? Qt::Checked : Qt::Unchecked);
    showForm(isSet && !isMixed());
    if (isSet && m_form)
        m_form->setValues({value().toObject()});
}

Problems GroupEditor::setProblems(const Problems &problems, const std::string &path)
{
    if (m_form && value().isObject())
        return m_form->setProblems(problems, path);
    return problems;
}

} // namespace sluice
