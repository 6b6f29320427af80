#pragma once

#include "base/Arena.h"
#include "record/Value.h"

#include <vector>

namespace sluice {

/// Reads the dictionaries that cutelog's clients send, in whatever language, as cutelog does: the text is `message`,
/// else `msg`; the level `levelname`, else `level`, in whatever case; the time `created`, else `time`. What Python's
/// LogRecord has is left as it is, and so is what is neither.
class CutelogFields
{
public:
    /// The dictionary as RecordBuilder takes it; what is no Dict is given back. Text is shared with `dict`, the
    /// rest lives in `arena`.
    Value read(const Value &dict, Arena &arena);

private:
    std::vector<Field> m_fields;
};

} // namespace sluice
