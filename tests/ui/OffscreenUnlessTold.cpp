#include <QByteArray>
#include <QtGlobal>

namespace {

/// Tests of the window need no display, but use the one they are given (tests/with-desktop sets the
/// platform).
const bool isPlatformChosen =
    qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || qputenv("QT_QPA_PLATFORM", QByteArray("offscreen"));

} // namespace
