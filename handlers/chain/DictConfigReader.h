#pragma once

#include "base/Problem.h"
#include "chain/Chain.h"

#include <QJsonObject>

namespace sluice {

/// Reads a Python logging dictConfig (schema version 1) into a chain: a handler becomes a node of the same name,
/// a logger a Logger node, and wires lead from loggers to their handlers and from a MemoryHandler to its
/// target. Nothing is imported and nothing called: classes are known by name.
/// https://docs.python.org/3/library/logging.config.html#logging-config-dictschema
///
/// The chain has no receiver: see addDefaultReceiver(). Problems bear the paths of the dictionary.
Chain readDictConfig(const QJsonObject &object, Problems &problems);

} // namespace sluice
