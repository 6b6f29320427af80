#pragma once

#include "inspector/ParamEditor.h"

class QComboBox;

namespace sluice {

/// One of several, each with its words.
class ChoiceEditor : public ParamEditor
{
    Q_OBJECT

public:
    ChoiceEditor(const ParamSpec &spec, QWidget *parent);

    QWidget *field() const override;

protected:
    void display() override;

private:
    QComboBox *m_box;
    int m_known = 0; ///< items that are choices; one more stands for a value that is none
};

} // namespace sluice
