#pragma once

#include "base/Problem.h"
#include "inspector/FormContext.h"
#include "node/ParamSpec.h"

#include <QJsonObject>
#include <QWidget>

#include <vector>

class QToolButton;

namespace sluice {

class ParamField;

/// A form made from declarations alone. What is required, usual or set stands first, what is left behind "More options".
class ParamForm : public QWidget
{
    Q_OBJECT

public:
    enum class Folding { Never, WhatIsLeft };

    /// The declarations outlive it. `values`: one object for each node that it stands for; what is set in one of them is not
    /// folded away.
    ParamForm(std::vector<const ParamSpec *> specs, const FormContext &context, Folding folding, QWidget *parent,
              const std::vector<QJsonObject> &values = {});

    void setValues(const std::vector<QJsonObject> &values);
    /// Shows problems beside their fields; `path` is that of the objects. Returns those that have no field.
    Problems setProblems(const Problems &problems, const std::string &path);

    const std::vector<ParamField *> &fields() const { return m_fields; }
    /// Null if there is none.
    ParamField *field(std::string_view key) const;
    /// What takes the keyboard in the first field; null if there is none.
    QWidget *firstField() const;
    /// Null if nothing is folded away.
    QToolButton *moreButton() const { return m_more; }

Q_SIGNALS:
    /// Undefined: the default.
    void edited(const QString &key, const QJsonValue &value);
    void finished();

private:
    void showMore(bool on);

    std::vector<ParamField *> m_fields;
    QToolButton *m_more = nullptr;
    QWidget *m_rest = nullptr;
};

} // namespace sluice
