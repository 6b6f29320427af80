#pragma once

#include "capture/CaptureFilter.h"

#include <QJsonObject>

/// A CaptureFilter as settings and project files keep it. Sources are not kept: their numbers are a capture's own.
namespace sluice::filterjson {

QJsonObject toJson(const CaptureFilter &filter);
/// What makes no sense is left out; what is too much, too.
CaptureFilter fromJson(const QJsonObject &object);

} // namespace sluice::filterjson
