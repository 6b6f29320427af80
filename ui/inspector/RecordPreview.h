#pragma once

#include "inspector/FormContext.h"
#include "node/ParamSpec.h"

#include <QFrame>
#include <QJsonValue>

class QLabel;

namespace sluice {

/// What a parameter's value makes of a record: of the last one there is, or of a sample.
class RecordPreview : public QFrame
{
    Q_OBJECT

public:
    /// The declaration has a preview, and outlives this.
    RecordPreview(const ParamSpec &spec, const FormContext &context, QWidget *parent);

    /// Of a value that the declaration may refuse.
    void showFor(const QJsonValue &value);
    QLabel *text() const { return m_text; }

protected:
    void changeEvent(QEvent *event) override;

private:
    const ParamSpec &m_spec;
    FormContext m_context;
    QLabel *m_caption;
    QLabel *m_text;
};

} // namespace sluice
