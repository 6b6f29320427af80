#pragma once

#include "console/ExpressionHelp.h"
#include "record/LogRecordBatch.h"

#include <QString>

#include <functional>

namespace sluice {

/// What forms are told of the world around them. All is asked for when it is needed, on the UI thread, and answers at once.
struct FormContext
{
    /// Where relative paths begin: the project's folder. Empty: there is none yet.
    std::function<QString()> folder;
    /// A batch whose last record previews are made of; null: there is none, and a sample takes its place.
    std::function<LogRecordBatchPtr()> lastRecord;
    /// Fields and values that expressions are completed with.
    ExpressionHelp::MakeSeen seen;
};

} // namespace sluice
