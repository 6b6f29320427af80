#pragma once

#include "chain/Chain.h"
#include "chain/TestRecord.h"
#include "chain/TestRun.h"

#include <QFrame>
#include <QJsonObject>
#include <QTimer>

#include <functional>
#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace sluice {

/// Below a canvas: a form for a test record, and the list of where the last one went. For the UI thread.
class TestPanel : public QFrame
{
    Q_OBJECT

public:
    /// How a record is put in at a node of the chain that runs.
    using Send = std::function<Result<std::shared_ptr<const TestRun>>(const std::string &node, std::shared_ptr<LogRecordBatch> record)>;

    explicit TestPanel(Send send, QWidget *parent = nullptr);

    /// The nodes at which one can be put in. What is chosen stays if it is among them.
    void setNodes(const Chain &chain);
    void setNode(const QString &id);
    QString node() const;
    /// The message takes the keyboard.
    void focusForm();

    /// The form, to be kept: level, logger, message, extra fields.
    QJsonObject state() const;
    void setState(const QJsonObject &state);

    void send();
    /// Steps that are told so far, in the order in which the record came to them.
    const std::vector<TestStep> &shown() const { return m_shown; }
    /// "2 written, 1 held back"
    static QString inWords(const TestRun::State &state);
    /// "held back: level ERROR is not reached"
    static QString inWords(const TestStep &step);

    QComboBox *nodes() const { return m_nodes; }
    QComboBox *level() const { return m_level; }
    QLineEdit *logger() const { return m_logger; }
    QLineEdit *message() const { return m_message; }
    QPlainTextEdit *extra() const { return m_extra; }
    QPushButton *sendButton() const { return m_send; }
    QLabel *problem() const { return m_problem; }
    QLabel *summary() const { return m_summary; }
    QTreeWidget *steps() const { return m_steps; }

Q_SIGNALS:
    /// More steps are told, or other things are said of them; none: of a new record.
    void shownChanged(const std::vector<TestStep> &steps);
    void nodeChosen(const QString &id);
    /// The form is another than before.
    void stateChanged();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeForm();
    QWidget *makeList();
    Result<TestRecord> typed() const;
    void setProblem(const QString &sentence);
    void poll();
    void showSteps();

    const Send m_sendRecord;
    QComboBox *m_nodes;
    QComboBox *m_level;
    QLineEdit *m_logger;
    QLineEdit *m_message;
    QPlainTextEdit *m_extra;
    QPushButton *m_send;
    QLabel *m_problem;
    QLabel *m_summary;
    QTreeWidget *m_steps;
    std::shared_ptr<const TestRun> m_run;
    std::vector<TestStep> m_shown;
    QTimer m_poll;
};

} // namespace sluice
