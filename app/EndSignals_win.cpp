#include "EndSignals.h"

namespace sluice {

EndSignals::EndSignals(QObject *parent) : QObject(parent) {}

EndSignals::~EndSignals() = default;

} // namespace sluice
