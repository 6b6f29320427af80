#pragma once

#include "inspector/ParamEditor.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sluice {

/// A secret: where it is kept (an environment variable, a file, the system's key store), or typed and kept in memory only. A secret that was typed
/// is never shown again, not even as dots of its length.
class SecretEditor : public ParamEditor
{
    Q_OBJECT

public:
    SecretEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent);

    QWidget *field() const override;
    QComboBox *place() const { return m_place; }

protected:
    void display() override;

private:
    enum Place { Typed, Environment, File, KeyStore };

    void showPlace(Place place);
    void lineEdited(const QString &text);
    void browse();
    void update();

    FormContext m_context;
    QComboBox *m_place;
    QLineEdit *m_line;
    QPushButton *m_browse;
    QLabel *m_note;
};

} // namespace sluice
