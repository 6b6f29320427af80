#include "inspector/ExpressionEditor.h"

#include "console/ExpressionHelp.h"
#include "look/Appearance.h"

#include <QLineEdit>

namespace sluice {

ExpressionEditor::ExpressionEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent)
    : LineEditor(spec, parent), m_help(new ExpressionHelp(line(), ExpressionHelp::Says::WithList))
{
    line()->setFont(Appearance::logFont());
    line()->setToolTip(tr("Ctrl+Space tells what may be typed."));
    m_help->setSeen(context.seen);
    connect(m_help, &ExpressionHelp::taken, this, [this](const QString &text) { edit(parse(text)); });
    display();
}

QJsonValue ExpressionEditor::parse(const QString &text) const { return text; }

QString ExpressionEditor::print(const QJsonValue &value) const { return value.toVariant().toString(); }

} // namespace sluice
