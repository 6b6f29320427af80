#include "chain/PythonConstants.h"

#include <map>

namespace sluice {

namespace {

const std::map<QString, QJsonValue> &named()
{
    static const std::map<QString, QJsonValue> constants = {
        {QStringLiteral("sys.stdout"), QStringLiteral("stdout")},
        {QStringLiteral("sys.__stdout__"), QStringLiteral("stdout")},
        {QStringLiteral("sys.stderr"), QStringLiteral("stderr")},
        {QStringLiteral("sys.__stderr__"), QStringLiteral("stderr")},
        {QStringLiteral("socket.SOCK_STREAM"), 1},
        {QStringLiteral("socket.SOCK_DGRAM"), 2},
        {QStringLiteral("logging.NOTSET"), 0},
        {QStringLiteral("logging.DEBUG"), 10},
        {QStringLiteral("logging.INFO"), 20},
        {QStringLiteral("logging.WARN"), 30},
        {QStringLiteral("logging.WARNING"), 30},
        {QStringLiteral("logging.ERROR"), 40},
        {QStringLiteral("logging.FATAL"), 50},
        {QStringLiteral("logging.CRITICAL"), 50},
        {QStringLiteral("logging.handlers.DEFAULT_TCP_LOGGING_PORT"), 9020},
        {QStringLiteral("logging.handlers.DEFAULT_UDP_LOGGING_PORT"), 9021},
        {QStringLiteral("logging.handlers.DEFAULT_HTTP_LOGGING_PORT"), 9022},
        {QStringLiteral("logging.handlers.DEFAULT_SOAP_LOGGING_PORT"), 9023},
        {QStringLiteral("logging.handlers.SYSLOG_UDP_PORT"), 514},
        {QStringLiteral("logging.handlers.SYSLOG_TCP_PORT"), 514},
        {QStringLiteral("datetime.time.min"), QStringLiteral("00:00:00")},
        {QStringLiteral("datetime.time.max"), QStringLiteral("23:59:59")},
    };
    return constants;
}

const std::map<QString, int> &ofSyslog()
{
    static const std::map<QString, int> numbers = {
        {QStringLiteral("EMERG"), 0},   {QStringLiteral("ALERT"), 1},     {QStringLiteral("CRIT"), 2},
        {QStringLiteral("ERR"), 3},     {QStringLiteral("WARNING"), 4},   {QStringLiteral("NOTICE"), 5},
        {QStringLiteral("INFO"), 6},    {QStringLiteral("DEBUG"), 7},     {QStringLiteral("KERN"), 0},
        {QStringLiteral("USER"), 1},    {QStringLiteral("MAIL"), 2},      {QStringLiteral("DAEMON"), 3},
        {QStringLiteral("AUTH"), 4},    {QStringLiteral("SYSLOG"), 5},    {QStringLiteral("LPR"), 6},
        {QStringLiteral("NEWS"), 7},    {QStringLiteral("UUCP"), 8},      {QStringLiteral("CRON"), 9},
        {QStringLiteral("AUTHPRIV"), 10}, {QStringLiteral("FTP"), 11},    {QStringLiteral("NTP"), 12},
        {QStringLiteral("SECURITY"), 13}, {QStringLiteral("CONSOLE"), 14}, {QStringLiteral("SOLCRON"), 15},
        {QStringLiteral("LOCAL0"), 16}, {QStringLiteral("LOCAL1"), 17},   {QStringLiteral("LOCAL2"), 18},
        {QStringLiteral("LOCAL3"), 19}, {QStringLiteral("LOCAL4"), 20},   {QStringLiteral("LOCAL5"), 21},
        {QStringLiteral("LOCAL6"), 22}, {QStringLiteral("LOCAL7"), 23},
    };
    return numbers;
}

} // namespace

std::optional<QJsonValue> pythonConstant(const QString &path)
{
    if (const auto found = named().find(path); found != named().end())
        return found->second;
    const QString prefix = QStringLiteral("logging.handlers.SysLogHandler.LOG_");
    if (!path.startsWith(prefix))
        return std::nullopt;
    const auto found = ofSyslog().find(path.mid(prefix.size()));
    return found == ofSyslog().end() ? std::nullopt : std::optional<QJsonValue>(found->second);
}

QString facilityOfNumber(int number)
{
    static const char *const names[] = {"kern", "user", "mail", "daemon", "auth",     "syslog",  "lpr",         "news",
                                        "uucp", "cron", "authpriv", "ftp", "ntp", "security", "console", "solaris-cron"};
    if (number >= 16 && number <= 23)
        return QStringLiteral("local%1").arg(number - 16);
    return number >= 0 && number < 16 ? QString::fromLatin1(names[number]) : QString();
}

} // namespace sluice
