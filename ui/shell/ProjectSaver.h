#pragma once

#include "base/Problem.h"

#include <QObject>
#include <QString>

#include <string>
#include <vector>

namespace sluice {

class Chain;
class ChainTab;
class FileCommands;
class ProblemBanner;
class Session;
class Views;
struct LiteralSecret;

/// Saves the project of a window: the chain as it is drawn, the views, and never a secret. One that was typed goes into the system's key
/// store first, and what is saved, drawn and run says where it is; where there is no store, the banner says what was left out. For the
/// UI thread.
class ProjectSaver : public QObject
{
    Q_OBJECT

public:
    /// All of them outlive it.
    ProjectSaver(Session &session, ChainTab *chain, Views *views, FileCommands *files, ProblemBanner *banner, QObject *parent);

    /// To where it came from; where that is nowhere, as saveAs().
    void save();
    void saveAs();
    /// To a file.
    void saveTo(const QString &path);

private:
    void write(const QString &path);
    /// By what each was found in the key store from then on.
    void putReferences(const std::vector<LiteralSecret> &secrets, const std::vector<std::string> &references);

    Session &m_session;
    ChainTab *const m_chain;
    Views *const m_views;
    FileCommands *const m_files;
    ProblemBanner *const m_banner;
};

} // namespace sluice
