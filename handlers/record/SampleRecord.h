#pragma once

#include "record/LogRecordBatch.h"

#include <string_view>

namespace sluice {

/// A batch of one record as a program in Python could have sent it, of the logger "sluice.test" and level INFO: for previews
/// and for tests of a node. It has all attributes.
LogRecordBatchPtr sampleRecord(std::string_view message, Nanoseconds created);
/// The same, to be changed.
std::shared_ptr<LogRecordBatch> makeSampleRecord(std::string_view message, Nanoseconds created);

} // namespace sluice
