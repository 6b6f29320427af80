#pragma once

#include <QDialog>
#include <QJsonObject>

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace sluice {

class FormatChooser;

/// Asks for a source of live records: files that are followed, or a program that is run; and how their lines are read.
class SourceDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Kind { Follow, Run };

    /// `folder`: where file dialogs begin, and where a program runs unless told otherwise.
    SourceDialog(Kind kind, const QString &folder, QWidget *parent);

    /// Files, with wildcards; or the command line.
    QLineEdit *what() const { return m_what; }
    QLineEdit *directory() const { return m_directory; }
    QComboBox *begin() const { return m_begin; }
    QComboBox *restart() const { return m_restart; }
    QPlainTextEdit *example() const { return m_example; }
    FormatChooser *format() const { return m_format; }
    QPushButton *startButton() const;

    /// The receiver's type and parameters, and what the source is called.
    QString receiver() const;
    QJsonObject params() const;
    QString title() const;

Q_SIGNALS:
    void startRequested();

private:
    void buildFollow(QFormLayout &form);
    void buildRun(QFormLayout &form);
    void update();
    /// What keeps it from being started; empty if nothing does.
    QString problem() const;

    const Kind m_kind;
    const QString m_folder;
    QLineEdit *m_what;
    QLineEdit *m_directory;
    QPushButton *m_choose;
    QComboBox *m_begin;
    QComboBox *m_restart;
    QPlainTextEdit *m_example;
    FormatChooser *m_format;
    QLabel *m_problem;
    QDialogButtonBox *m_buttons;
    QString m_shownPath; ///< whose lines are the example
};

} // namespace sluice
