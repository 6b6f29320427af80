#pragma once

#include "base/Clock.h"
#include "record/Attribute.h"
#include "record/Value.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace sluice {

/// A record as an expression asks for it: a LogRecord, or a row of a capture, of which no more is decoded than is
/// asked for. What is returned is valid until the next call.
class ExpressionSubject
{
public:
    /// A logger or source without a number.
    static constexpr std::uint32_t noNumber = 0xFFFFFFFF;

    /// Names of a sender; each may be empty. A comparison holds for a source if it holds for one of them.
    struct Source
    {
        std::string_view receiver; ///< node id
        std::string_view peer;
        std::string_view process;
    };

    virtual ~ExpressionSubject() = default;

    virtual int levelno() = 0;
    virtual Nanoseconds created() = 0;
    /// Loggers of one number have one name, for the life of the evaluator that asks.
    virtual std::uint32_t loggerNumber() { return noNumber; }
    virtual std::string_view logger() = 0;
    virtual std::string_view levelname() = 0;
    virtual std::string_view message() = 0;
    virtual std::string_view exception() = 0;
    /// Who sent it.
    virtual Source source() = 0;
    virtual Value attribute(Attribute attribute) = 0;
    virtual std::span<const Field> extra() = 0;
};

} // namespace sluice
