#pragma once

#include <QTest>

#include <chrono>

namespace sluice::test {

/// How long a test waits at most for what is to come, milliseconds. It says nothing about the program, only when to stop waiting for
/// what a defect holds up; on a machine that does much besides, what takes milliseconds may take ten seconds.
constexpr int patience = 60'000;
constexpr std::chrono::milliseconds longWait{patience};

} // namespace sluice::test

// Qt's own patience is 5 seconds. Every test that waits includes this instead of <QTest>.
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT((expression), sluice::test::patience)
#define QTRY_VERIFY2(expression, words) QTRY_VERIFY2_WITH_TIMEOUT((expression), (words), sluice::test::patience)
#define QTRY_COMPARE(expression, expected) QTRY_COMPARE_WITH_TIMEOUT((expression), (expected), sluice::test::patience)
