#include "inspector/ParamEditor.h"

#include "inspector/AddressEditor.h"
#include "inspector/BooleanEditor.h"
#include "inspector/ChoiceEditor.h"
#include "inspector/ExpressionEditor.h"
#include "inspector/GroupEditor.h"
#include "inspector/KeptTextEditor.h"
#include "inspector/LevelEditor.h"
#include "inspector/NumberEditor.h"
#include "inspector/PathEditor.h"
#include "inspector/Quantity.h"
#include "inspector/SecretEditor.h"
#include "inspector/TextEditor.h"
#include "inspector/TextListEditor.h"
#include "inspector/TextMapEditor.h"

#include <QApplication>
#include <QEvent>
#include <QFocusEvent>
#include <QJsonArray>
#include <QStyle>

namespace sluice {

ParamEditor *ParamEditor::make(const ParamSpec &spec, const FormContext &context, QWidget *parent)
{
    if (spec.secret)
        return new SecretEditor(spec, context, parent);
    switch (spec.type) {
    case ParamSpec::Type::Text:
        if (spec.hint == ParamSpec::Hint::Expression)
            return new ExpressionEditor(spec, context, parent);
        if (spec.secretByName)
            return new KeptTextEditor(spec, parent);
        return new TextEditor(spec, parent);
    case ParamSpec::Type::Path: return new PathEditor(spec, context, parent);
    case ParamSpec::Type::Integer:
    case ParamSpec::Type::Real: return new NumberEditor(spec, parent);
    case ParamSpec::Type::Boolean: return new BooleanEditor(spec, parent);
    case ParamSpec::Type::Choice: return new ChoiceEditor(spec, parent);
    case ParamSpec::Type::Level: return new LevelEditor(spec, parent);
    case ParamSpec::Type::TextList: return new TextListEditor(spec, context, parent);
    case ParamSpec::Type::TextMap: return new TextMapEditor(spec, parent);
    case ParamSpec::Type::Address: return new AddressEditor(spec, parent);
    case ParamSpec::Type::Group: return new GroupEditor(spec, context, parent);
    }
    return nullptr;
}

ParamEditor::ParamEditor(const ParamSpec &spec, QWidget *parent) : QWidget(parent), m_spec(spec) {}

QJsonValue ParamEditor::meaning(const QJsonValue &value) const
{
    return value.isUndefined() && !m_spec.required ? m_spec.defaultValue : value;
}

bool ParamEditor::hasFocusInside() const
{
    const QWidget *focused = QApplication::focusWidget();
    return focused && (focused == this || isAncestorOf(focused));
}

void ParamEditor::setValue(const QJsonValue &value)
{
    const bool means = !m_isMixed && meaning(value) == meaning(m_value);
    m_value = value;
    m_isMixed = false;
    if (!means || !hasFocusInside())
        display();
}

void ParamEditor::setMixed()
{
    m_value = QJsonValue(QJsonValue::Undefined);
    if (m_isMixed && hasFocusInside())
        return;
    m_isMixed = true;
    display();
}

void ParamEditor::edit(const QJsonValue &value)
{
    m_value = value;
    m_isMixed = false;
    Q_EMIT edited(value);
}

Problems ParamEditor::setProblems(const Problems &problems, const std::string &)
{
    setStyleProperty(field(), "problem", !problems.empty());
    return problems;
}

void ParamEditor::adopt(QWidget *widget, const QString &part)
{
    const QString key = QString::fromStdString(m_spec.key);
    widget->setAccessibleName(part.isEmpty() ? key : key + QStringLiteral(": ") + part);
    widget->setAccessibleDescription(QString::fromStdString(m_spec.help));
    widget->installEventFilter(this);
}

bool ParamEditor::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        // A menu or another window takes the focus for a while only.
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason && reason != Qt::MenuBarFocusReason) {
            display();
            Q_EMIT finished();
        }
    }
    return QWidget::eventFilter(object, event);
}

void setStyleProperty(QWidget *widget, const char *name, const QVariant &value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QString defaultInWords(const ParamSpec &spec)
{
    if (spec.required) {
        return spec.hint == ParamSpec::Hint::MailAddress ? QStringLiteral("name@example.org")
                                                         : ParamEditor::tr("needed");
    }
    const QJsonValue &value = spec.defaultValue;
    if (value.isNull() || value.isUndefined())
        return spec.hint == ParamSpec::Hint::TimeOfDay ? ParamEditor::tr("not set, or 13:45") : ParamEditor::tr("not set");
    if (value.isDouble())
        return spec.hint == ParamSpec::Hint::Port ? QString::number(value.toInt()) : quantity::print(value.toDouble(), spec.unit);
    const QString text = value.toString();
    return text.isEmpty() ? ParamEditor::tr("empty") : text;
}

} // namespace sluice
