#pragma once

#include "record/LogRecord.h"
#include "record/Value.h"

#include <string>

namespace sluice {

/// Appends a value as Python's json.dumps(value, ensure_ascii=False) writes it, on one line. Tuples and sets
/// become arrays; what JSON has no form for becomes a string (bytes as their repr, instances as the text that
/// describes them). A lone surrogate is written as an escape, so that the result is always UTF-8.
void appendJson(const Value &value, std::string &out);

/// Appends a record as one JSON object, without line end: its attributes by Python's names in CPython's
/// order, then its extra fields. Read back, it makes the same record. taskName is left out where it is None,
/// as before Python 3.12.
void appendJson(const LogRecord &record, std::string &out);

} // namespace sluice
