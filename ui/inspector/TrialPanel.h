#pragma once

#include "chain/ChainEditor.h"
#include "inspector/FormContext.h"
#include "inspector/TrialRunner.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace sluice {

/// Tries a node out: reaches its peer without sending anything, or sends one test record; and says in place what came of it.
class TrialPanel : public QFrame
{
    Q_OBJECT

public:
    /// The editor outlives it.
    TrialPanel(ChainEditor &editor, const FormContext &context, QWidget *parent);

    /// Shows what can be tried of a node; nothing, and hides, if that is nothing or the id is empty.
    void showNode(const std::string &id);
    void nodeRenamed(const std::string &before, const std::string &after);
    const std::string &node() const { return m_id; }

    QPushButton *tryButton() const { return m_try; }
    QPushButton *sendButton() const { return m_send; }
    QPushButton *cancelButton() const { return m_cancel; }
    QLabel *words() const { return m_words; }
    TrialRunner *runner() { return &m_runner; }

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class State { Quiet, Busy, Good, Bad };

    void start(bool send);
    void say(State state, const QString &words);
    void paintIcon();

    ChainEditor &m_editor;
    FormContext m_context;
    std::string m_id;
    QPushButton *m_try;
    QPushButton *m_send;
    QPushButton *m_cancel;
    QWidget *m_result;
    QLabel *m_icon;
    QLabel *m_words;
    State m_state = State::Quiet;
    TrialRunner m_runner;
};

} // namespace sluice
