#pragma once

#include "base/Arena.h"
#include "base/Clock.h"
#include "record/Value.h"
#include "wire/SyslogTime.h"

#include <optional>
#include <vector>

namespace sluice {

/// Reads the dictionaries that cutelog's clients send, in whatever language, as cutelog does: the text is `message`,
/// else `msg`; the level `levelname`, else `level`, in whatever case; the time `created`, else `time`. What Python's
/// LogRecord has is left as it is, and so is what is neither.
class CutelogFields
{
public:
    /// The dictionary as RecordBuilder takes it; what is no Dict is given back. Text is shared with `dict`, the
    /// rest lives in `arena`. `received`: now, for a `time` that does not say all of a date.
    Value read(const Value &dict, Arena &arena, Nanoseconds received);

private:
    std::optional<double> secondsOf(const Value &time, Nanoseconds received);

    SyslogTime m_time;
    std::vector<Field> m_fields;
};

} // namespace sluice
