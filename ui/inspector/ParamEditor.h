#pragma once

#include "base/Problem.h"
#include "inspector/FormContext.h"
#include "node/ParamSpec.h"

#include <QJsonValue>
#include <QWidget>

namespace sluice {

/// A widget for the value of one parameter, made from its declaration. Values are those of project files; undefined
/// means that none is set and the default holds. What cannot be understood is handed on as typed, as text, so that
/// the check of the declaration says what is wrong with it.
class ParamEditor : public QWidget
{
    Q_OBJECT

public:
    /// The right one for a declaration, which must outlive it.
    static ParamEditor *make(const ParamSpec &spec, const FormContext &context, QWidget *parent);

    const ParamSpec &spec() const { return m_spec; }
    /// What was set or edited last.
    const QJsonValue &value() const { return m_value; }

    /// Shows a value. While the reader edits, what stands there stays if it means the same.
    void setValue(const QJsonValue &value);
    /// It stands for several nodes, and their values differ.
    void setMixed();
    bool isMixed() const { return m_isMixed; }

    /// What takes the focus.
    virtual QWidget *field() const = 0;
    /// It says its parameter's name itself.
    virtual bool isTitled() const { return false; }

    /// Marks what is wrong; `path` is the parameter's own. Returns those problems that are not shown within, for the words
    /// below.
    virtual Problems setProblems(const Problems &problems, const std::string &path);

Q_SIGNALS:
    void edited(const QJsonValue &value);
    /// The reader goes elsewhere.
    void finished();

protected:
    ParamEditor(const ParamSpec &spec, QWidget *parent);

    /// Shows value() as it is written at rest, or nothing where isMixed().
    virtual void display() = 0;
    void edit(const QJsonValue &value);
    /// Names a widget for those who cannot see it, and watches it for the reader's going elsewhere.
    void adopt(QWidget *widget, const QString &part = {});

    bool eventFilter(QObject *object, QEvent *event) override;

private:
    bool hasFocusInside() const;
    QJsonValue meaning(const QJsonValue &value) const;

    const ParamSpec &m_spec;
    QJsonValue m_value{QJsonValue::Undefined};
    bool m_isMixed = false;
};

/// Gives a widget a property that the style sheet heeds.
void setStyleProperty(QWidget *widget, const char *name, const QVariant &value);

/// What a parameter is when nothing is set, for the grey words in its field.
QString defaultInWords(const ParamSpec &spec);

} // namespace sluice
