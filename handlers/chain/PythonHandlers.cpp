#include "chain/PythonHandlers.h"

#include <QString>

#include <algorithm>

namespace sluice {

namespace {

const std::vector<PythonHandler> &all()
{
    static const std::vector<PythonHandler> handlers = {
        {"logging", "Handler", {"level"}, 0, {}},
        {"logging", "NullHandler", {"level"}, 0, {}},
        {"logging", "StreamHandler", {"stream"}, 0, {"terminator"}},
        {"logging", "FileHandler", {"filename", "mode", "encoding", "delay", "errors"}, 1, {"terminator"}},
        {"logging.handlers", "WatchedFileHandler", {"filename", "mode", "encoding", "delay", "errors"}, 1, {"terminator"}},
        {"logging.handlers", "BaseRotatingHandler", {"filename", "mode", "encoding", "delay", "errors"}, 2, {"terminator"}},
        {"logging.handlers", "RotatingFileHandler",
         {"filename", "mode", "maxBytes", "backupCount", "encoding", "delay", "errors"}, 1, {"terminator"}},
        {"logging.handlers", "TimedRotatingFileHandler",
         {"filename", "when", "interval", "backupCount", "encoding", "delay", "utc", "atTime", "errors"}, 1, {"terminator"}},
        {"logging.handlers", "SocketHandler", {"host", "port"}, 2, {"closeOnError", "retryStart", "retryMax", "retryFactor"}},
        {"logging.handlers", "DatagramHandler", {"host", "port"}, 2, {"closeOnError", "retryStart", "retryMax", "retryFactor"}},
        {"logging.handlers", "SysLogHandler", {"address", "facility", "socktype"}, 0, {"ident", "append_nul"}},
        {"logging.handlers", "NTEventLogHandler", {"appname", "dllname", "logtype"}, 1, {}},
        {"logging.handlers", "SMTPHandler",
         {"mailhost", "fromaddr", "toaddrs", "subject", "credentials", "secure", "timeout"}, 4, {}},
        {"logging.handlers", "BufferingHandler", {"capacity"}, 1, {}},
        {"logging.handlers", "MemoryHandler", {"capacity", "flushLevel", "target", "flushOnClose"}, 1, {}},
        {"logging.handlers", "HTTPHandler", {"host", "url", "method", "secure", "credentials", "context"}, 2, {}},
        {"logging.handlers", "QueueHandler", {"queue"}, 1, {}},
    };
    return handlers;
}

} // namespace

bool PythonHandler::takes(std::string_view parameter) const
{
    return std::ranges::find(parameters, parameter) != parameters.end();
}

bool isInLoggingModule(QStringView path)
{
    const QStringView module = path.left(path.lastIndexOf(u'.'));
    return path.contains(u'.') && (module == u"logging" || module == u"logging.handlers");
}

const PythonHandler *pythonHandlerAt(QStringView path)
{
    const auto found = std::ranges::find_if(all(), [&](const PythonHandler &one) {
        return path.toUtf8() == QByteArray(one.module.data(), static_cast<qsizetype>(one.module.size())) + '.' +
                                    QByteArray(one.name.data(), static_cast<qsizetype>(one.name.size()));
    });
    return found == all().end() ? nullptr : &*found;
}

const PythonHandler *pythonHandlerNamed(std::string_view name)
{
    const auto found = std::ranges::find(all(), name, &PythonHandler::name);
    return found == all().end() ? nullptr : &*found;
}

} // namespace sluice
