#pragma once

#include "base/Problem.h"
#include "chain/Chain.h"
#include "chain/ProjectExtras.h"

#include <string>

namespace sluice {

/// A chain as read from a file, and where its relative paths begin.
struct Configuration
{
    enum class Kind { Project, DictConfig, FileConfig };

    Kind kind = Kind::Project;
    Chain chain;
    ProjectExtras extras;
    /// The project file's folder (of a drawing: that of what was drawn), or the working directory for an imported Python configuration.
    std::string baseDirectory;
    /// Everything that is wrong. If there is any, the chain must not be run.
    Problems problems;
    /// Parts of a Python configuration that are code of its own: each is an Unsupported node in the chain, which
    /// drops what reaches it. The rest can be run.
    Problems unsupported;

    bool ok() const { return problems.empty(); }
    /// Whether it is a Python program's, which has handlers but nothing that records come in by.
    bool isPython() const { return kind != Kind::Project; }
};

/// Reads a project (.sluice), a Python dictConfig (JSON) or fileConfig (INI), told by content. Never throws; what is wrong is in `problems`.
Configuration loadConfiguration(const std::string &path);

/// The same from text. `baseDirectory` as for a project.
Configuration parseConfiguration(std::string_view text, const std::string &baseDirectory);

/// The chain that a new user starts with: everything that speaks a wire we know is received on its usual port, on this
/// machine alone, and shown in the console.
Chain defaultChain();

/// Gives a chain without receivers (an imported dictConfig) the default one, which feeds a console and its loggers; the
/// console alone where a handler of the chain sends to that very receiver.
void addDefaultReceiver(Chain &chain);

/// The project file of a chain: indented JSON, keys in a fixed order, so that it diffs well.
std::string projectText(const Chain &chain, const ProjectExtras &extras = {});

/// Writes the project file atomically: the old one stays whole if anything fails.
Status saveProject(const Chain &chain, const std::string &path, const ProjectExtras &extras = {});

} // namespace sluice
