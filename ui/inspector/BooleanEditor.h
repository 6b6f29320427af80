#pragma once

#include "inspector/ParamEditor.h"

class QCheckBox;

namespace sluice {

/// Yes or no, with the parameter's name beside the box.
class BooleanEditor : public ParamEditor
{
    Q_OBJECT

public:
    BooleanEditor(const ParamSpec &spec, QWidget *parent);

    QWidget *field() const override;
    bool isTitled() const override { return true; }

protected:
    void display() override;

private:
    QCheckBox *m_box;
};

} // namespace sluice
