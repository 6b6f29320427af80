#pragma once

#include "inspector/LineEditor.h"

namespace sluice {

class ExpressionHelp;

/// A filter expression, with the help that the filter field of a view gives: its wrong place is underlined, and what may be typed is
/// offered below.
class ExpressionEditor : public LineEditor
{
    Q_OBJECT

public:
    ExpressionEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent);

    ExpressionHelp *help() const { return m_help; }

protected:
    QJsonValue parse(const QString &text) const override;
    QString print(const QJsonValue &value) const override;

private:
    ExpressionHelp *m_help;
};

} // namespace sluice
