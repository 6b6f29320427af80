#pragma once

#include "base/Problem.h"
#include "chain/Chain.h"

#include <QJsonObject>

#include <string>
#include <vector>

namespace sluice {

/// What a dictConfig says.
struct DictConfig
{
    Chain chain;
    /// What keeps it from being run. Problems bear the paths of the dictionary.
    Problems problems;
    /// What became an Unsupported node (chain/UnsupportedNodes.h), with its place and the reason.
    Problems unsupported;
};

/// Reads a Python logging dictConfig (schema version 1) into a chain: a handler becomes a node of the same name,
/// a logger a Logger node, and wires lead from loggers to their handlers, from a MemoryHandler to its target and from a
/// QueueHandler to those behind it. Nothing is imported and nothing called: classes are known by name.
/// https://docs.python.org/3/library/logging.config.html#logging-config-dictschema
///
/// `order`: the handlers in the order in which they are made, where that is not by their names.
/// The chain has no receiver: see addDefaultReceiver().
DictConfig readDictConfig(const QJsonObject &object, const std::vector<std::string> &order = {});

} // namespace sluice
