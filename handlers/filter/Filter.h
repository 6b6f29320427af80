#pragma once

#include <string>
#include <string_view>

namespace sluice {

struct LogRecord;

/// Decides which records pass. Python's logging.Filter is NameFilter here.
/// filter() may be called from any thread, one at a time for each handler that has it.
class Filter
{
public:
    virtual ~Filter() = default;

    /// Whether the record passes.
    virtual bool filter(const LogRecord &record) const = 0;
};

/// Passes the logger of a name and its children: "A.B" passes A.B and A.B.C, not A.BB.
/// The empty name passes all. https://docs.python.org/3/library/logging.html#filter-objects
class NameFilter : public Filter
{
public:
    explicit NameFilter(std::string name) : m_name(std::move(name)) {}

    const std::string &name() const { return m_name; }
    bool filter(const LogRecord &record) const override;

private:
    std::string m_name;
};

/// Whether `name` is `ancestor` or one of its children in the dotted hierarchy; all are children of "".
bool isLoggerWithin(std::string_view name, std::string_view ancestor);

} // namespace sluice
