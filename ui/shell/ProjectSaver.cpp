#include "shell/ProjectSaver.h"

#include "chain/ProjectSecrets.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "shell/FileCommands.h"
#include "shell/ProblemBanner.h"
#include "shell/Session.h"
#include "shell/Views.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>

namespace sluice {

namespace {

/// For people who look into their key store; no other secret has it.
std::string secretName(const QString &title, const LiteralSecret &secret)
{
    constexpr qsizetype uniqueLength = 8;
    QString name = QStringLiteral("%1 / %2.%3 / %4").arg(title.left(60), QString::fromStdString(secret.node), QString::fromStdString(secret.key()),
                                                         QUuid::createUuid().toString(QUuid::Id128).left(uniqueLength));
    return name.remove(u'}').toStdString();
}

/// What the key store is to keep, and which of that each secret is.
struct Entries
{
    std::vector<KeyStoreAsker::Entry> all;
    std::vector<std::size_t> ofSecrets;

    Entries(const QString &title, const std::vector<LiteralSecret> &secrets)
    {
        for (std::size_t i = 0; i < secrets.size(); ++i) {
            const LiteralSecret &secret = secrets[i];
            // Of parts of a Python configuration each has the sections that it shares with others: they must stay the same.
            const auto same = std::ranges::find_if(secrets, [&](const LiteralSecret &other) { return other.path == secret.path && other.text == secret.text; });
            if (const auto first = static_cast<std::size_t>(same - secrets.begin()); first < i && secret.isKept) {
                ofSecrets.push_back(ofSecrets[first]);
                continue;
            }
            ofSecrets.push_back(all.size());
            all.push_back({secretName(title, secret), secret.text});
        }
    }
};

} // namespace

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
    const std::vector<LiteralSecret> secrets = literalSecrets(drawn ? *drawn : m_session.project()->chain);
    if (secrets.empty()) {
        write(path);
        return;
    }
    const Entries entries(m_session.project()->title, secrets);
    m_session.keyStore().write(entries.all, [self = QPointer(this), secrets, entries, path, document = m_session.project()->document](std::size_t taken, const QString &refusal) {
        // Another project may have come while the store asked its user.
        if (!self || !self->m_session.project() || self->m_session.project()->document != document)
            return;
        std::vector<LiteralSecret> kept;
        std::vector<std::string> references;
        std::vector<LiteralSecret> leftOut;
        for (std::size_t i = 0; i < secrets.size(); ++i) {
            if (const std::size_t entry = entries.ofSecrets[i]; entry < taken) {
                kept.push_back(secrets[i]);
                references.push_back("${keychain:" + entries.all[entry].name + "}");
            } else
                leftOut.push_back(secrets[i]);
        }
        self->putReferences(kept, references);
        self->write(path);
        if (!leftOut.empty())
            self->m_banner->showProblems(tr("The project is saved without secrets that were typed: no project holds any. %1").arg(refusal), toProblems(leftOut));
    });
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
