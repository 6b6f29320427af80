#pragma once

#include "chain/RouterStatus.h"
#include "shell/Session.h"
#include "shell/SourceDialog.h"

#include <QObject>
#include <QPointer>

class QMenu;

namespace sluice {

class Document;
class Documents;
class FormatDialog;
class Settings;
class Sidebar;
class SourceListModel;

/// Sources of live records that a person adds: the dialogs that ask for them, and stopping and starting them again from the
/// lists of the sidebar. And the format of a file that is open.
class SourceCommands : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; the window is its parent.
    SourceCommands(Session &session, Settings &settings, Documents *documents, Sidebar *sidebar, SourceListModel *model,
                   QWidget *window);
    ~SourceCommands() override;

    void followFiles() { ask(SourceDialog::Kind::Follow); }
    void runProgram() { ask(SourceDialog::Kind::Run); }
    /// Of a document that is a log.
    void chooseFormat(Document *document);
    /// States for the list of sources, a few times a second.
    void refresh(const std::vector<std::shared_ptr<Session::Run>> &runs, const std::vector<RouterStatus> &statuses);

    SourceDialog *dialog() const { return m_dialog; }
    FormatDialog *formatDialog() const;

private:
    void ask(SourceDialog::Kind kind);
    void fillMenu(QMenu &menu, const QString &receiver);
    /// Null if it is none of those that a person added.
    std::shared_ptr<Session::Run> find(const QString &source) const;

    Session &m_session;
    Settings &m_settings;
    Documents *const m_documents;
    SourceListModel *const m_model;
    QWidget *const m_window;
    QPointer<SourceDialog> m_dialog;
    QPointer<FormatDialog> m_formatDialog;
};

} // namespace sluice
