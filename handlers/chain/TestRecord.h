#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "record/LogRecordBatch.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sluice {

/// What somebody wants to send through a chain to see where it goes.
struct TestRecord
{
    /// An extra field that all test records have, so that outputs and views can tell them.
    static constexpr char mark[] = "sluice_test";
    static constexpr std::size_t maxExtra = 100;

    std::string logger = "sluice.test";
    int level = 20;
    std::string message = "A test record by Sluice";
    /// Key and value; what is a number, true, false or None is one, all else is text.
    std::vector<std::pair<std::string, std::string>> extra;

    bool operator==(const TestRecord &) const = default;

    /// A batch of that one record, with all of Python's attributes. Fails as `extra=` does in Python: where a key is that of
    /// an attribute, or stands there twice.
    Result<std::shared_ptr<LogRecordBatch>> make(Nanoseconds created) const;

    /// Extra fields as they are typed: "key=value" in each line, which may be empty.
    static Result<std::vector<std::pair<std::string, std::string>>> parseExtra(std::string_view lines);
};

} // namespace sluice
