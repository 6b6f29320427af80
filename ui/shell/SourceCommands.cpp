#include "shell/SourceCommands.h"

#include "chain/Router.h"
#include "console/SourceList.h"
#include "console/SourceListModel.h"
#include "look/Icons.h"
#include "shell/ChainList.h"
#include "shell/ChainListModel.h"
#include "shell/Documents.h"
#include "shell/FormatChooser.h"
#include "shell/FormatDialog.h"
#include "shell/Settings.h"
#include "shell/Sidebar.h"

#include <QMenu>

#include <algorithm>

namespace sluice {

SourceCommands::SourceCommands(Session &session, Settings &settings, Documents *documents, Sidebar *sidebar,
                               SourceListModel *model, QWidget *window)
    : QObject(window), m_session(session), m_settings(settings), m_documents(documents), m_model(model), m_window(window)
{
    connect(sidebar->sourceList(), &SourceList::menuOpening, this, [this](QMenu *menu, quint32 source) {
        const SourceNames &names = m_session.capture()->sources();
        if (m_model->store() == m_session.capture() && source < names.size())
            fillMenu(*menu, QString::fromUtf8(names.name(source).receiver.data(),
                                              static_cast<qsizetype>(names.name(source).receiver.size())));
    });
    ChainList *chain = sidebar->chainList();
    connect(chain, &ChainList::startRequested, this, [this](const QString &id) {
        if (const std::shared_ptr<Session::Run> run = find(id))
            m_session.restartSource(run);
    });
    chain->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(chain, &QWidget::customContextMenuRequested, this, [this, chain](const QPoint &position) {
        const QModelIndex index = chain->indexAt(position);
        if (!index.isValid())
            return;
        auto *menu = new QMenu(chain);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu, static_cast<const ChainListModel *>(chain->model())->item(index.row()).id);
        if (menu->isEmpty())
            delete menu;
        else
            menu->popup(chain->viewport()->mapToGlobal(position));
    });
}

SourceCommands::~SourceCommands() = default;

FormatDialog *SourceCommands::formatDialog() const { return m_formatDialog; }

std::shared_ptr<Session::Run> SourceCommands::find(const QString &source) const
{
    const std::vector<std::shared_ptr<Session::Run>> runs = m_session.runs();
    const auto found = std::ranges::find_if(runs, [&](const std::shared_ptr<Session::Run> &run) {
        return run->kind == Session::Run::Kind::Source && run->title == source;
    });
    return found == runs.end() ? nullptr : *found;
}

void SourceCommands::fillMenu(QMenu &menu, const QString &receiver)
{
    const std::shared_ptr<Session::Run> run = find(receiver);
    if (!run)
        return;
    if (!menu.isEmpty())
        menu.addSeparator();
    const RouterStatus status = run->router->status();
    const bool isRunning = !status.nodes.empty() && status.nodes.front().state == NodeStatus::State::Running;
    if (isRunning)
        menu.addAction(tr("S&top"), this, [this, run] { m_session.stopSource(run); });
    menu.addAction(themedIcon(QStringLiteral("play")), isRunning ? tr("&Restart") : tr("&Start again"), this,
                   [this, run] { m_session.restartSource(run); });
    menu.addAction(tr("&Forget this source"), this, [this, run] { m_session.removeSource(run); })
        ->setToolTip(tr("It is stopped; its records stay"));
}

void SourceCommands::ask(SourceDialog::Kind kind)
{
    delete m_dialog;
    m_dialog = new SourceDialog(kind, m_settings.value(setting::lastFolder).toString(), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &SourceDialog::startRequested, this, [this] {
        m_session.addSource(m_dialog->title(), m_dialog->receiver(), m_dialog->params(),
                            m_settings.value(setting::lastFolder).toString());
        m_dialog->close();
        // What they send is seen there.
        Q_EMIT m_documents->shown(m_documents->live());
    });
    m_dialog->show();
}

void SourceCommands::chooseFormat(Document *document)
{
    if (!document->log())
        return;
    delete m_formatDialog;
    m_formatDialog = new FormatDialog(document, m_window);
    m_formatDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_formatDialog, &QDialog::accepted, this, [this, document] {
        m_documents->reopen(document, m_formatDialog->format()->choice());
    });
    // The file may be closed meanwhile.
    connect(document, &QObject::destroyed, m_formatDialog, &QWidget::close);
    m_formatDialog->show();
}

void SourceCommands::refresh(const std::vector<std::shared_ptr<Session::Run>> &runs, const std::vector<RouterStatus> &statuses)
{
    std::map<std::string, QString> states;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (runs[i]->kind != Session::Run::Kind::Source || statuses[i].nodes.empty())
            continue;
        const NodeStatus &node = statuses[i].nodes.front();
        if (node.state != NodeStatus::State::Running)
            states[runs[i]->title.toStdString()] = ChainListModel::stateInWords(node.state);
    }
    m_model->setStates(std::move(states));
}

} // namespace sluice
