#pragma once

#include <QJsonValue>
#include <QString>

#include <optional>

namespace sluice {

/// What a configuration may name besides classes: the streams of sys, levels, the ports and syslog's numbers of
/// logging.handlers, kinds of sockets. `path` is dotted ("logging.handlers.SysLogHandler.LOG_USER"). Numbers are
/// numbers; a stream is "stdout" or "stderr", a time of day "HH:MM:SS". Nothing is imported for it.
std::optional<QJsonValue> pythonConstant(const QString &path);

/// The name that SysLogHandler.facility_names has for a number; empty if it has none.
QString facilityOfNumber(int number);

} // namespace sluice
