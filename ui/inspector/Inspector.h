#pragma once

#include "chain/ChainEditor.h"
#include "inspector/FormContext.h"

#include <QStringList>
#include <QWidget>

#include <utility>
#include <vector>

class QLabel;
class QScrollArea;

namespace sluice {

class InspectorPage;
class TrialPanel;

/// Shows and edits what is selected in a chain: a node's parameters, a wire's queue, a comment's words. It follows the
/// chain, whoever edits it. For the UI thread.
class Inspector : public QWidget, private ChainObserver
{
    Q_OBJECT

public:
    /// The editor outlives it.
    Inspector(ChainEditor &editor, FormContext context, QWidget *parent = nullptr);
    ~Inspector() override;

    /// Nodes and comments, by their ids; what is not in the chain is left out.
    void showItems(const QStringList &ids);
    void showWire(const Wire &wire);

    /// Gives the keyboard to the first field of what is shown.
    void focusForm();

    /// Null while there is only a hint.
    InspectorPage *page() const { return m_page; }
    /// What to do where there is nothing to show.
    QLabel *hint() const { return m_hint; }

    TrialPanel *trial() const { return m_trial; }

    QSize sizeHint() const override { return {320, 480}; }

Q_SIGNALS:
    /// The weakest node of the route that is shown and why it is; empty if none is.
    void weakestChanged(const QString &node, const QString &why);

private:
    void chainEdited(const ChainEdit &edit) override;
    void chainReplaced() override;
    void historyChanged() override;

    void showPage(InspectorPage *page);
    void showHint(const QString &words);

    ChainEditor &m_editor;
    FormContext m_context;
    QScrollArea *m_scroll;
    QLabel *m_hint;
    TrialPanel *m_trial;
    InspectorPage *m_page = nullptr;
    std::vector<std::string> m_shown; ///< ids on the page, so that the same selection keeps it
};

} // namespace sluice
