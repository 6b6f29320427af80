#pragma once

#include "base/Problem.h"
#include "chain/DictConfigReader.h"

#include <QString>

#include <map>
#include <string>

namespace sluice {

/// Whether a text has a section as fileConfig wants it: [loggers], [handlers] or [formatters].
bool looksLikeFileConfig(const QString &text);

/// Reads a Python logging fileConfig (INI) into a chain. It is read into a dictConfig first, positional arguments by the
/// names that they have in Python, and that into the chain. CPython evaluates `class`, `args` and `kwargs`; here they are
/// read as literals (chain/PythonLiteral.h), and what is more than that becomes an Unsupported node that keeps its text.
/// https://docs.python.org/3/library/logging.config.html#logging-config-fileformat
///
/// `defaults`: values for "%(key)s", as fileConfig's own parameter. Places are "line 12, [handler_file]".
DictConfig readFileConfig(const QString &text, const std::map<QString, QString> &defaults = {});

} // namespace sluice
