#pragma once

#include "base/Problem.h"

#include <QJsonObject>

namespace sluice {

/// A dictConfig with its references to itself ("cfg://handlers.mail.toaddrs[0]") replaced by what they refer to.
/// https://docs.python.org/3/library/logging.config.html#access-to-internal-objects
QJsonObject resolveReferences(const QJsonObject &config, Problems &problems);

} // namespace sluice
