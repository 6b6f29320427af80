#pragma once

#include "capture/CaptureFilter.h"

#include <string>
#include <string_view>

/// Making and changing the expressions of a CaptureFilter's stack. Texts are UTF-8.
namespace sluice::filterparts {

/// More would not be seen at once.
inline constexpr std::size_t maxParts = 24;

/// `not` in front, or gone, if it was there. What is no expression is denied as the text that it is.
std::string negated(const std::string &text);

/// `field OPERATOR "text"`; a number as a number.
std::string comparison(const ExpressionField &field, std::string_view op, std::string_view value);

/// Puts an expression on top of the stack; one that is there already is turned on instead. False if there is no
/// room.
bool add(CaptureFilter &filter, const CaptureFilter::Part &part);

/// What of a filter an expression can say: all but sources and the range of time, which are those of one moment. Empty if
/// that is nothing.
std::string asExpression(const CaptureFilter &filter);

/// Only records at or above the severity.
void setLowest(CaptureFilter &filter, Severity lowest);

} // namespace sluice::filterparts
