#pragma once

#include "QueryOutput.h"
#include "base/Result.h"

#include <cstdint>
#include <string>

namespace sluice {

/// A query of a saved capture, or of the files that a running console keeps.
class CaptureQuery
{
public:
    /// `expression`: as it was typed; it can be read.
    CaptureQuery(std::string expression, QueryOutput &output) : m_expression(std::move(expression)), m_output(output) {}

    /// Reads all of it. Fails if it cannot be opened.
    Status read(const std::string &path);

    /// Rows that stood in a damaged place.
    std::uint64_t lost() const { return m_lost; }

private:
    const std::string m_expression;
    QueryOutput &m_output;
    std::uint64_t m_lost = 0;
};

} // namespace sluice
