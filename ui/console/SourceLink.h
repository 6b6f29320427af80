#pragma once

#include <QStringList>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace sluice {

class ElidedLabel;

/// Where in a program a record was made, as a button that opens that place in the reader's editor, with a menu of editors.
/// Who opens it is not its affair.
class SourceLink : public QWidget
{
    Q_OBJECT

public:
    explicit SourceLink(QWidget *parent = nullptr);

    /// `line`: 0 if it is not known. Hidden where there is no file.
    void showPlace(const QString &file, qint64 line, const QString &function);
    /// Names of editors, and which of them is in use; empty: none.
    /// `command`: what it is opened with, to be changed.
    void setEditors(const QStringList &names, const QString &current, const QString &command);
    /// Why the last one could not be opened; empty: it could.
    void setProblem(const QString &sentence);

    QToolButton *button() const { return m_button; }
    QToolButton *editorButton() const { return m_editors; }
    QLineEdit *commandField() const { return m_command; }
    QString problem() const;

Q_SIGNALS:
    void openRequested(const QString &file, qint64 line);
    /// By its place among the names.
    void editorChosen(int editor);
    /// A command of the reader's own; empty: the first editor that is found.
    void commandChosen(const QString &command);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void describe();

    QToolButton *m_button;
    QToolButton *m_editors;
    QLineEdit *m_command;
    ElidedLabel *m_problem;
    QString m_file;
    qint64 m_line = 0;
    QString m_function;
    QString m_editor;
};

} // namespace sluice
