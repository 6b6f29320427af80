#include "shell/ProjectSaver.h"

#include "chain/ProjectSecrets.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "shell/FileCommands.h"
#include "shell/ProblemBanner.h"
#include "shell/Session.h"
#include "shell/Views.h"

#include <QPointer>

namespace sluice {

ProjectSaver::ProjectSaver(Session &session, ChainTab *chain, Views *views, FileCommands *files, ProblemBanner *banner, QObject *parent)
    : QObject(parent), m_session(session), m_chain(chain), m_views(views), m_files(files), m_banner(banner)
{
}

void ProjectSaver::save()
{
    if (m_session.project())
        saveTo(m_files->ownPath().isEmpty() ? m_files->choosePath() : m_files->ownPath());
}

void ProjectSaver::saveAs()
{
    if (m_session.project())
        saveTo(m_files->choosePath());
}

void ProjectSaver::saveTo(const QString &path)
{
    if (path.isEmpty())
        return;
    const Chain *drawn = m_chain->drawn();
    std::vector<LiteralSecret> secrets = literalSecrets(drawn ? *drawn : m_session.project()->chain);
    if (secrets.empty()) {
        write(path);
        return;
    }
    const auto kept = [self = QPointer(this), secrets, path, document = m_session.project()->document](const std::vector<std::string> &references, const QString &refusal) {
        // Another project may have come while the store asked its user.
        if (!self || !self->m_session.project() || self->m_session.project()->document != document)
            return;
        self->putReferences(secrets, references);
        self->write(path);
        if (!refusal.isEmpty())
            self->m_banner->showProblems(tr("The project is saved without secrets that were typed: no project holds any. %1").arg(refusal),
                                         toProblems({secrets.begin() + qsizetype(references.size()), secrets.end()}));
    };
    m_session.keepSecrets(std::move(secrets), kept);
}

void ProjectSaver::write(const QString &path)
{
    const ProjectExtras extras = m_views->forProject();
    if (!m_files->saveTo(path, m_chain->drawn(), extras))
        return;
    m_views->setSaved(extras);
    m_chain->setSaved();
}

void ProjectSaver::putReferences(const std::vector<LiteralSecret> &secrets, const std::vector<std::string> &references)
{
    const auto isIn = [](const std::vector<LiteralSecret> &all, const LiteralSecret &secret) {
        return std::ranges::any_of(all, [&](const LiteralSecret &other) { return other.node == secret.node && other.path == secret.path && other.text == secret.text; });
    };
    // The same secret, from another place: what runs need not be made anew.
    Chain &running = m_session.project()->chain;
    const std::vector<LiteralSecret> ofRunning = literalSecrets(running);
    for (std::size_t i = 0; i < references.size(); ++i) {
        if (isIn(ofRunning, secrets[i])) {
            ChainNode *node = running.node(secrets[i].node);
            node->params = withReference(node->params, secrets[i].path, references[i]);
        }
    }
    if (!m_chain->page())
        return;
    ChainEditor &editor = m_chain->page()->editor();
    const std::vector<LiteralSecret> ofDrawn = literalSecrets(editor.chain());
    const ChainHistory::Step step(editor, "Keep secrets in the key store");
    for (std::size_t i = 0; i < references.size(); ++i) {
        if (!isIn(ofDrawn, secrets[i]))
            continue;
        const std::string &key = secrets[i].path.front();
        const QJsonObject params = withReference(editor.chain().node(secrets[i].node)->params, secrets[i].path, references[i]);
        [[maybe_unused]] const Status set = editor.setParam(secrets[i].node, key, params.value(QString::fromStdString(key)));
    }
}

} // namespace sluice
