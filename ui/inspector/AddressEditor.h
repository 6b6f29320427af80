#pragma once

#include "inspector/ParamEditor.h"

class QLineEdit;

namespace sluice {

/// A host and its port, or the path of a socket without a port.
class AddressEditor : public ParamEditor
{
    Q_OBJECT

public:
    AddressEditor(const ParamSpec &spec, QWidget *parent);

    QWidget *field() const override;
    QLineEdit *port() const { return m_port; }

protected:
    void display() override;

private:
    void lineEdited();

    QLineEdit *m_host;
    QLineEdit *m_port;
};

} // namespace sluice
