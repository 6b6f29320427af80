#pragma once

#include "inspector/ParamEditor.h"

class QLabel;
class QToolButton;

namespace sluice {

class RecordPreview;

/// One parameter in a form: its name, its editor, its line of help, what is wrong with it, and a button that sets it back
/// to its default.
class ParamField : public QWidget
{
    Q_OBJECT

public:
    ParamField(const ParamSpec &spec, const FormContext &context, QWidget *parent);

    const ParamSpec &spec() const { return m_editor->spec(); }
    ParamEditor *editor() const { return m_editor; }
    QToolButton *resetButton() const { return m_reset; }
    QLabel *help() const { return m_help; }
    QLabel *problem() const { return m_problem; }
    RecordPreview *preview() const { return m_preview; }

    void setValue(const QJsonValue &value);
    void setMixed();
    /// Those that are about this parameter; `path` is its own.
    void setProblems(const Problems &problems, const std::string &path);

Q_SIGNALS:
    void edited(const QJsonValue &value);
    void finished();

protected:
    void changeEvent(QEvent *event) override;

private:
    void update();

    ParamEditor *m_editor;
    QLabel *m_title;
    QToolButton *m_reset;
    QLabel *m_help;
    QWidget *m_problemRow;
    QLabel *m_problemIcon;
    QLabel *m_problem;
    RecordPreview *m_preview = nullptr;
};

} // namespace sluice
