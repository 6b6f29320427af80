#pragma once

#include "inspector/ParamEditor.h"

class QPlainTextEdit;
class QPushButton;

namespace sluice {

/// Texts, one a line; it grows with them. Where they are files, files are added that are chosen in a dialog, and patterns typed.
class TextListEditor : public ParamEditor
{
    Q_OBJECT

public:
    TextListEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent);

    QWidget *field() const override;
    /// Null where no files are meant.
    QPushButton *browseButton() const { return m_browse; }
    /// Adds files, as a dialog names them, that are not there yet.
    void add(const QStringList &files);

protected:
    void display() override;
    void changeEvent(QEvent *event) override;

private:
    void fit();
    void browse();

    FormContext m_context;
    QPlainTextEdit *m_edit;
    QPushButton *m_browse = nullptr;
    bool m_isDisplaying = false;
};

} // namespace sluice
