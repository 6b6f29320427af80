#include "filter/Filter.h"

#include "record/LogRecord.h"

namespace sluice {

bool isLoggerWithin(std::string_view name, std::string_view ancestor)
{
    if (!name.starts_with(ancestor))
        return false;
    return ancestor.empty() || name.size() == ancestor.size() || name[ancestor.size()] == '.';
}

bool NameFilter::filter(const LogRecord &record) const { return isLoggerWithin(record.name(), m_name); }

} // namespace sluice
