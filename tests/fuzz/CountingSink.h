#pragma once

#include "Require.h"

#include "base/Utf8.h"
#include "receiver/Receiver.h"
#include "wire/JsonWriter.h"

#include <cstdint>
#include <string>

/// Counts what it is given, and looks at all of it.
class CountingSink final : public sluice::RecordSink
{
public:
    bool accept(std::shared_ptr<sluice::LogRecordBatch> batch, std::string_view) override
    {
        SLUICE_REQUIRE(!batch->empty());
        for (const sluice::LogRecord &record : std::as_const(*batch).records()) {
            std::string json;
            sluice::appendJson(record, json);
            SLUICE_REQUIRE(sluice::utf8::isValid(json));
        }
        records += batch->size();
        return true;
    }
    void reject(std::string_view, std::string_view reason, std::string_view sample) override
    {
        SLUICE_REQUIRE(!reason.empty() && sluice::utf8::isValid(sample));
        ++rejections;
    }
    void setFault(std::string_view) override {}
    void finished() override {}

    std::uint64_t records = 0;
    std::uint64_t rejections = 0;
};
