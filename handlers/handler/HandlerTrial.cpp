#include "handler/HandlerTrial.h"

#include "handler/Handler.h"
#include "record/SampleRecord.h"

#include <optional>

namespace sluice {

Result<std::string> sendTestRecord(const NodeType &type, const QJsonObject &params, const NodeContext &context)
{
    Result<NodeType::Instance> made = type.createForTrial(params, context);
    if (!made)
        return made.error();
    const auto *handler = std::get_if<std::shared_ptr<Handler>>(&*made);
    if (!handler)
        return Error{type.name() + " is no handler, and sends nothing."};
    std::optional<Error> failure;
    (*handler)->setErrorObserver([&](const Handler &, const LogRecord *, const Error &error) {
        if (!failure)
            failure = error;
    });
    const LogRecordBatchPtr batch = sampleRecord("A test of " + context.id + " by Sluice", wallClock());
    (*handler)->handle(batch->records().front());
    (*handler)->flush();
    const bool isKept = (*handler)->pending() > 0;
    const bool isFiltered = (*handler)->counters().filtered > 0;
    (*handler)->close();
    if (failure)
        return *failure;
    if (isFiltered)
        return Error{"The handler's own filters do not let the test record pass: its logger is sluice.test."};
    if (isKept)
        return Error{"The record could not be sent now, and would be kept."};
    return std::string("One test record was sent, of the logger sluice.test and level INFO.");
}

} // namespace sluice
