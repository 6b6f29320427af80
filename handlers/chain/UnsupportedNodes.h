#pragma once

#include "chain/Chain.h"

#include <QJsonObject>

namespace sluice {

/// Parts of a Python configuration that are code of its own (classes, factories, objects) have no counterpart here. Each
/// becomes a visible node that keeps its text, so that it goes out again as it came:
///
///   * `Unsupported` stands for a handler, and drops with its reason what reaches it: records of its level and above that
///     pass its filters. Without wires it also keeps a formatter that no handler uses.
///   * `UnsupportedFilter` stands for a filter, and passes everything: a record too many is no loss. Its wires lead to
///     the handlers and loggers whose filter it is.
///
/// Parameters: `config`, a part of a dictConfig as JSON text with all that it refers to; `reason`, a sentence.

/// A node that stands for a handler, or (isFilter) for a filter.
ChainNode unsupportedNode(const std::string &id, bool isFilter, const QJsonObject &part, const std::string &reason);

/// The part of a dictConfig that a handler, formatter or filter is: itself and the formatter, filters and further top-level
/// sections that it refers to. `config` is as written, with its "cfg://" references.
QJsonObject partOfDictConfig(const QJsonObject &config, const QString &section, const QString &name);

/// What cannot be run in a chain, each with its place in the project file.
Problems unsupportedIn(const Chain &chain);

} // namespace sluice
