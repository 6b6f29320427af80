#pragma once

#include "base/Result.h"

#include <QString>

namespace sluice {

/// Behind blanks, line ends and comments.
qsizetype skipPythonSpace(const QString &text, qsizetype at);

/// Whether a text literal of Python begins at a place, with or without a prefix.
bool isPythonText(const QString &text, qsizetype at);

/// Reads the texts that begin at a place and stand side by side, which are one; moves `at` behind them. Bytes, f-strings
/// and characters by their names (\N{…}) are refused. An error says what the text "has".
/// https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals
Result<QString> readPythonTexts(const QString &text, qsizetype &at);

} // namespace sluice
