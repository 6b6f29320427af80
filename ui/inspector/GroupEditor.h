#pragma once

#include "inspector/ParamEditor.h"

class QCheckBox;
class QFrame;
class QVBoxLayout;

namespace sluice {

class ParamForm;

/// Parameters that belong together and may be left out as a whole: a box, and below it a form while it is ticked.
class GroupEditor : public ParamEditor
{
    Q_OBJECT

public:
    GroupEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent);

    QWidget *field() const override;
    bool isTitled() const override { return true; }
    /// Null until it is needed.
    ParamForm *form() const { return m_form; }
    Problems setProblems(const Problems &problems, const std::string &path) override;

protected:
    void display() override;

private:
    void showForm(bool on);

    FormContext m_context;
    QCheckBox *m_box;
    QFrame *m_body;
    QVBoxLayout *m_bodyLayout;
    ParamForm *m_form = nullptr;
};

} // namespace sluice
