#pragma once

#include "support/Patience.h"

#include <string>
#include <string_view>

/// Lets QCOMPARE show std strings that differ.
namespace QTest {

template <>
inline char *toString(const std::string_view &text)
{
    return qstrdup(QByteArray(text.data(), static_cast<qsizetype>(text.size())).constData());
}

template <>
inline char *toString(const std::string &text)
{
    return toString(std::string_view(text));
}

} // namespace QTest
