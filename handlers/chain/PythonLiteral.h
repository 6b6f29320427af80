#pragma once

#include "base/Result.h"

#include <QJsonValue>
#include <QString>

namespace sluice {

/// Reads an expression as logging.config.fileConfig evaluates it, as far as it is made of literals: texts (all prefixes but
/// bytes and f-strings), numbers and sums, differences and products of them, None, True, False, tuples, lists, dicts
/// with texts for keys, what chain/PythonConstants.h names, and datetime.time(…). Tuples and lists become arrays, times
/// of day "HH:MM:SS", streams and kinds of sockets "ext://…". Nothing else is understood, and nothing is run.
/// https://docs.python.org/3/reference/lexical_analysis.html#literals
Result<QJsonValue> readPythonLiteral(const QString &text);

} // namespace sluice
